// SPDX-License-Identifier: Apache-2.0
/** The engine that tests of the window talk to. */
@NullMarked
package io.github.cramdisk.gui;

import org.jspecify.annotations.NullMarked;
