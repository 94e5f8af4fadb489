// SPDX-License-Identifier: Apache-2.0
/**
 * The window's line to the engine: connects, listens, reconnects, and keeps the recent past of every disk. Knows no
 * view.
 */
@NullMarked
package io.github.cramdisk.gui.engine;

import org.jspecify.annotations.NullMarked;
