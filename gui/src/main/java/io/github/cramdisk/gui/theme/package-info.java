// SPDX-License-Identifier: Apache-2.0
/**
 * Light, dark and system theme: stylesheets, fonts, and what the desktop prefers. Depends on no page.
 */
@NullMarked
package io.github.cramdisk.gui.theme;

import org.jspecify.annotations.NullMarked;
