// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.memorybar}. */
@NullMarked
package io.github.cramdisk.gui.memorybar;

import org.jspecify.annotations.NullMarked;
