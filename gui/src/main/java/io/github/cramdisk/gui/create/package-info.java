// SPDX-License-Identifier: Apache-2.0
/**
 * The dialog that creates a disk, with what it will cost and the equivalent command line.
 */
@NullMarked
package io.github.cramdisk.gui.create;

import org.jspecify.annotations.NullMarked;
