// SPDX-License-Identifier: Apache-2.0
/**
 * The page of all storage in memory, whoever made it, and the forms for tmpfs, ramfs and zram.
 */
@NullMarked
package io.github.cramdisk.gui.volumes;

import org.jspecify.annotations.NullMarked;
