// SPDX-License-Identifier: Apache-2.0
/** Tests of the whole window, with a window. */
@NullMarked
package io.github.cramdisk.gui.app;

import org.jspecify.annotations.NullMarked;
