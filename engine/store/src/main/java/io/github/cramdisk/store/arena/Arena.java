// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.nio.ByteBuffer;

/**
 * Memory for slots. Addresses and lengths are in granules of 16 bytes; address 0 is valid.
 *
 * <p>Threads: any; but a slot is written before its address is published, and freed only after nobody can reach it.
 */
public interface Arena {
    int GRANULE_SHIFT = 4;
    int GRANULE_BYTES = 1 << GRANULE_SHIFT;
    /** What {@link #allocate} answers when there is no room. */
    long NO_ROOM = -1;

    /** Granules that hold a number of bytes. */
    static int granules(int bytes) {
        return (bytes + GRANULE_BYTES - 1) >>> GRANULE_SHIFT;
    }

    /**
     * Finds room for a slot.
     *
     * @return its address, or {@link #NO_ROOM}
     */
    long allocate(int granules, Purpose purpose);

    /** Gives a slot back, to be reused at once. */
    void free(long address, int granules);

    /** Whether memory may be spent on speed: much of the RAM limit is unused. */
    boolean hasRoomToSpare();

    void copyIn(long address, ByteBuffer source, int sourceIndex, int lengthBytes);

    void copyOut(long address, ByteBuffer target, int targetIndex, int lengthBytes);
}
