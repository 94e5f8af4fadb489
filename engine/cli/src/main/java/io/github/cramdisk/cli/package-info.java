// SPDX-License-Identifier: Apache-2.0
/** The {@code cramdisk} command. Uses only the engine API. */
@NullMarked
package io.github.cramdisk.cli;

import org.jspecify.annotations.NullMarked;
