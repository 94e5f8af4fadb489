// SPDX-License-Identifier: Apache-2.0
/**
 * The first page: the machine's memory and a card for each disk.
 */
@NullMarked
package io.github.cramdisk.gui.overview;

import org.jspecify.annotations.NullMarked;
