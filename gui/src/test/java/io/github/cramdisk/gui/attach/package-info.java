// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.attach}. */
@NullMarked
package io.github.cramdisk.gui.attach;

import org.jspecify.annotations.NullMarked;
