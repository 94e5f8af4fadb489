// SPDX-License-Identifier: Apache-2.0
/**
 * The page of one disk: numbers, history, stored sizes, how to use it, reset and remove.
 */
@NullMarked
package io.github.cramdisk.gui.disk;

import org.jspecify.annotations.NullMarked;
