// SPDX-License-Identifier: Apache-2.0
/**
 * The page that tries kinds of storage in memory with files of the user, and recommends one.
 */
@NullMarked
package io.github.cramdisk.gui.compare;

import org.jspecify.annotations.NullMarked;
