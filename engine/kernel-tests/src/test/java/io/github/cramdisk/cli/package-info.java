// SPDX-License-Identifier: Apache-2.0
/** The one test class that must see the inside of the command line. */
@NullMarked
package io.github.cramdisk.cli;

import org.jspecify.annotations.NullMarked;
