// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.activity}. */
@NullMarked
package io.github.cramdisk.gui.activity;

import org.jspecify.annotations.NullMarked;
