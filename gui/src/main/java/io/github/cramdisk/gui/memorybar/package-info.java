// SPDX-License-Identifier: Apache-2.0
/**
 * The bar that shows the machine's memory and lets the user draw out a new disk: a control, its skin, its behavior.
 * Depends on {@code common} only.
 */
@NullMarked
package io.github.cramdisk.gui.memorybar;

import org.jspecify.annotations.NullMarked;
