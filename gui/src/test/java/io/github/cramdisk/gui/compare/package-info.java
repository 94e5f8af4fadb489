// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.compare}. */
@NullMarked
package io.github.cramdisk.gui.compare;

import org.jspecify.annotations.NullMarked;
