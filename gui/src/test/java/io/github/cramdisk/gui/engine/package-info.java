// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.engine}. */
@NullMarked
package io.github.cramdisk.gui.engine;

import org.jspecify.annotations.NullMarked;
