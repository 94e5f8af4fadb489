// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.disk}. */
@NullMarked
package io.github.cramdisk.gui.disk;

import org.jspecify.annotations.NullMarked;
