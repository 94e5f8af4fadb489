// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

/**
 * Writes of clients that wait, because there is no room for them.
 *
 * @param writes requests, 1 or more
 * @param bytes of their payload
 * @param sinceMillis wall clock when the first of them began to wait, milliseconds since the epoch
 * @param shortOf what there is too little of, and so which way out helps
 */
public record WaitingWrites(long writes, long bytes, long sinceMillis, Shortage shortOf) {
    /** What keeps a disk from taking more memory. */
    public enum Shortage {
        /** The disk's own limit: raise it, or free blocks (delete files, then fstrim). */
        RAM_LIMIT,
        /** The tmpfs that holds the disks: make it larger, or free blocks of any disk. */
        ARENA,
        /** The machine, or the control group of the engine: end programs, or free blocks of any disk. */
        MACHINE
    }
}
