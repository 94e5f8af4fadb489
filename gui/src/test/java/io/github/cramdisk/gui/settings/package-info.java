// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.settings}. */
@NullMarked
package io.github.cramdisk.gui.settings;

import org.jspecify.annotations.NullMarked;
