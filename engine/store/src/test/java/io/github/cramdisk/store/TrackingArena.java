// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.arena.Purpose;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * An arena on the heap that trusts nobody: it fails on a slot that is freed twice, with another size, or used when it is
 * not allocated, and never hands out an address twice, so that a stale one is noticed.
 */
final class TrackingArena implements Arena {
    private final Map<Long, byte[]> slots = new HashMap<>();
    private final long capacityBytes;
    private long nextAddress;
    private long liveBytes;

    TrackingArena(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    synchronized long liveBytes() {
        return liveBytes;
    }

    @Override
    public synchronized long allocate(int granules, Purpose purpose) {
        int bytes = granules << GRANULE_SHIFT;
        if (liveBytes + bytes > capacityBytes) {
            return NO_ROOM;
        }
        long address = nextAddress;
        nextAddress += granules;
        slots.put(address, new byte[bytes]);
        liveBytes += bytes;
        return address;
    }

    @Override
    public synchronized void free(long address, int granules) {
        byte[] slot = slots.remove(address);
        if (slot == null || slot.length != granules << GRANULE_SHIFT) {
            throw new AssertionError("freed what was not allocated: " + address + ", " + granules + " granules");
        }
        liveBytes -= slot.length;
    }

    @Override
    public boolean hasRoomToSpare() {
        return true;
    }

    @Override
    public synchronized void copyIn(long address, ByteBuffer source, int sourceIndex, int lengthBytes) {
        source.get(sourceIndex, slot(address), 0, lengthBytes);
    }

    @Override
    public synchronized void copyOut(long address, ByteBuffer target, int targetIndex, int lengthBytes) {
        target.put(targetIndex, slot(address), 0, lengthBytes);
    }

    private byte[] slot(long address) {
        byte[] slot = slots.get(address);
        if (slot == null) {
            throw new AssertionError("used a slot that is not allocated: " + address);
        }
        return slot;
    }
}
