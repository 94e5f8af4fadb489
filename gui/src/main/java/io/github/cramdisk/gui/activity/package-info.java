// SPDX-License-Identifier: Apache-2.0
/**
 * What the engine is doing and what happened: running jobs, the history of events, notifications of the desktop.
 */
@NullMarked
package io.github.cramdisk.gui.activity;

import org.jspecify.annotations.NullMarked;
