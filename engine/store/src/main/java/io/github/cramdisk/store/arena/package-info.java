// SPDX-License-Identifier: Apache-2.0
/**
 * Off-heap memory in files on tmpfs: mapping, allocation of slots, and the budget of resident bytes. Knows nothing of
 * blocks or of the index.
 */
@NullMarked
package io.github.cramdisk.store.arena;

import org.jspecify.annotations.NullMarked;
