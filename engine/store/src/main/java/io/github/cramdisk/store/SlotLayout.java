// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.index.IndexEntry;

/**
 * Layout of a slot, and of the scratch buffer in which a slot is put together and taken apart.
 *
 * <pre>
 *  slot in the arena               0         4                        4 + length
 *                                  | crc32c  | stored bytes           | 0 to 15 unused bytes
 *
 *  scratch, while checksumming     0                   8              8 + length
 *                                  | block number      | stored bytes |
 *  scratch, as copied to and fro             4         8
 *                                            | crc32c  | stored bytes |
 * </pre>
 *
 * <p>The CRC covers the block number and the stored bytes, so that a slot cannot pass for that of another block. The
 * scratch is laid out so that both forms are contiguous without moving the stored bytes.
 */
final class SlotLayout {
    static final int HEADER_BYTES = 4;

    static final int SCRATCH_BLOCK_NUMBER = 0;
    static final int SCRATCH_SLOT = 4;
    static final int SCRATCH_STORED = 8;

    private SlotLayout() {}

    /** Granules of the slot of an entry. */
    static int granules(long entry) {
        return granulesFor(IndexEntry.lengthBytes(entry));
    }

    static int granulesFor(int storedBytes) {
        return Arena.granules(HEADER_BYTES + storedBytes);
    }
}
