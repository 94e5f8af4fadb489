// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.doctor}. */
@NullMarked
package io.github.cramdisk.gui.doctor;

import org.jspecify.annotations.NullMarked;
