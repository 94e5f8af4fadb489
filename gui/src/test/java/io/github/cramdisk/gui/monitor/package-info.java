// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.monitor}. */
@NullMarked
package io.github.cramdisk.gui.monitor;

import org.jspecify.annotations.NullMarked;
