// SPDX-License-Identifier: Apache-2.0
/** The window: its main class and the composition of its features. Uses only the engine API. */
@NullMarked
package io.github.cramdisk.gui;

import org.jspecify.annotations.NullMarked;
