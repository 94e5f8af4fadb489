// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.create}. */
@NullMarked
package io.github.cramdisk.gui.create;

import org.jspecify.annotations.NullMarked;
