// SPDX-License-Identifier: Apache-2.0
/**
 * The page of settings: language, theme, notifications, and the engine behind the window.
 */
@NullMarked
package io.github.cramdisk.gui.settings;

import org.jspecify.annotations.NullMarked;
