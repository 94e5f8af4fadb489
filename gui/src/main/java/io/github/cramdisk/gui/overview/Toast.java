// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import org.jspecify.annotations.Nullable;

/**
 * A sentence about what was just done, shown for a while at the foot of the page.
 *
 * @param failed whether it is about what was not done
 * @param undo takes it back; null where nothing can or need be
 */
public record Toast(String text, boolean failed, @Nullable Runnable undo) {}
