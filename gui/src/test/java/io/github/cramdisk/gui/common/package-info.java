// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.common}. */
@NullMarked
package io.github.cramdisk.gui.common;

import org.jspecify.annotations.NullMarked;
