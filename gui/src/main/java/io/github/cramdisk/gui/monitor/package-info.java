// SPDX-License-Identifier: Apache-2.0
/**
 * The page of all volumes in one table: what each gives, costs and how it moved.
 */
@NullMarked
package io.github.cramdisk.gui.monitor;

import org.jspecify.annotations.NullMarked;
