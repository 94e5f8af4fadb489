// SPDX-License-Identifier: Apache-2.0
/**
 * Storage in memory other than the disks of the engine: tmpfs, ramfs, zram and swap, as asked for and as they are.
 *
 * <p>Every record checks itself, so that front ends, engine and helper refuse the same things with the same sentence.
 * Depends on the JDK, the API's own errors and sizes, and Jackson's annotations, which the helper does without.
 */
@NullMarked
package io.github.cramdisk.api.volume;

import org.jspecify.annotations.NullMarked;
