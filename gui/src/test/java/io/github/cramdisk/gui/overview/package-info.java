// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.overview}. */
@NullMarked
package io.github.cramdisk.gui.overview;

import org.jspecify.annotations.NullMarked;
