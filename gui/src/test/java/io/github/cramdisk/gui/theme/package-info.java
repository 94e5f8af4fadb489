// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.theme}. */
@NullMarked
package io.github.cramdisk.gui.theme;

import org.jspecify.annotations.NullMarked;
