// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/** What a read tells about the blocks it reads. */
enum Reading {
    /** They were read for themselves: they stay young, and squeezed ones come back when that happens twice. */
    ALONE,
    /** They were read as a part of a longer range: they stay young. */
    COPYING,
    /** Nothing, because nobody uses what was read. */
    UNNOTICED
}
