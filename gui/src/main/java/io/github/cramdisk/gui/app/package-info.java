// SPDX-License-Identifier: Apache-2.0
/**
 * The window itself: start, shell with navigation, and the one place where everything is put together. May use every
 * other package of the window.
 */
@NullMarked
package io.github.cramdisk.gui.app;

import org.jspecify.annotations.NullMarked;
