// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The arena of a store: slots in segments of 2 MiB of one file on tmpfs.
 *
 * <p>New slots are cut from the active segment ({@link SegmentSupply}); freed slots go to lists by exact size and are taken
 * from there first. When much is free but nothing fits, a larger free slot is split. What cannot be reused this way is won
 * back by compaction ({@link SegmentRecycler}).
 *
 * <p>Threads: any; one lock, held for tens of nanoseconds, or for one {@code fallocate} when memory is taken.
 */
public final class SlotAllocator implements Arena {
    public static final int SEGMENT_SHIFT = 21;
    /** Bytes of a segment: what is given back to the machine at once, and the size of a huge page. */
    public static final int SEGMENT_BYTES = 1 << SEGMENT_SHIFT;
    /** Largest arena; an index entry has 36 bits for an address in granules. */
    public static final long MAX_BYTES = 1L << 40;

    /** Larger free slots are split before a new segment is opened once this part of the live bytes lies free. */
    private static final int SPLIT_WHEN_FREE_EXCEEDS_ONE_IN = 16;

    private final ArenaState state;
    private final ReentrantLock lock;
    private final FreeLists free;
    private final Segments segments;
    private final SegmentSupply supply;
    private final SegmentRecycler recycler;

    /**
     * @param blockSlotGranules largest slot of a block
     * @param maxSlotGranules largest slot that will be asked for
     */
    public SlotAllocator(ArenaMapping memory, MemoryBudget budget, int blockSlotGranules, int maxSlotGranules) {
        this.state = new ArenaState(memory, budget, maxSlotGranules);
        this.lock = state.lock;
        this.free = state.free;
        this.segments = state.segments;
        this.supply = new SegmentSupply(state);
        this.recycler = new SegmentRecycler(state, supply, blockSlotGranules);
    }

    @Override
    public long allocate(int granules, Purpose purpose) {
        long address = allocateLocked(granules, purpose);
        if (supply.isSpareWanted()) {
            supply.prepareSpare();
        }
        return address;
    }

    private long allocateLocked(int granules, Purpose purpose) {
        lock.lock();
        try {
            long address = free.pop(granules);
            if (address == FreeLists.END) {
                address = allocateElsewhere(granules, purpose);
            }
            if (address == FreeLists.END) {
                return NO_ROOM;
            }
            segments.addLive(Segments.segmentOf(address), granules);
            return address;
        } finally {
            lock.unlock();
        }
    }

    private long allocateElsewhere(int granules, Purpose purpose) {
        long address = supply.cutFromActive(granules, purpose);
        if (address == FreeLists.END && free.freeGranules() > segments.totalLive() / SPLIT_WHEN_FREE_EXCEEDS_ONE_IN) {
            address = split(granules);
        }
        if (address == FreeLists.END && supply.open(purpose)) {
            address = supply.cutFromActive(granules, purpose);
        }
        return address == FreeLists.END ? split(granules) : address;
    }

    /** Takes the smallest free slot that is large enough and gives back what is left over. */
    private long split(int granules) {
        int size = free.atLeast(granules);
        if (size < 0) {
            return FreeLists.END;
        }
        long address = free.pop(size);
        if (size > granules) {
            state.list(address + granules, size - granules);
        }
        return address;
    }

    @Override
    public void free(long address, int granules) {
        lock.lock();
        try {
            segments.addLive(Segments.segmentOf(address), -granules);
            state.list(address, granules);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void copyIn(long address, ByteBuffer source, int sourceIndex, int lengthBytes) {
        state.memory.copyIn(address << GRANULE_SHIFT, source, sourceIndex, lengthBytes);
    }

    @Override
    public void copyOut(long address, ByteBuffer target, int targetIndex, int lengthBytes) {
        state.memory.copyOut(address << GRANULE_SHIFT, target, targetIndex, lengthBytes);
    }

    @Override
    public boolean hasRoomToSpare() {
        return state.budget.hasRoomToSpare();
    }

    /** Bytes of slots in use. */
    public long liveBytes() {
        lock.lock();
        try {
            return segments.totalLive() << GRANULE_SHIFT;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of memory that the arena holds. */
    public long committedBytes() {
        lock.lock();
        try {
            return segments.totalCommitted() << GRANULE_SHIFT;
        } finally {
            lock.unlock();
        }
    }

    /** Memory that compaction could win back at most: held, but neither in slots nor for slots to come. */
    public long reclaimableBytes() {
        lock.lock();
        try {
            return (segments.totalCommitted() - segments.totalLive() - supply.restGranules()) << GRANULE_SHIFT;
        } finally {
            lock.unlock();
        }
    }

    /** What compaction works with. */
    public SegmentRecycler recycler() {
        return recycler;
    }

    /** Starts to rebuild the state of an arena that another engine left. */
    public ArenaRestore restore() {
        return new ArenaRestore(state, supply);
    }

    /** Gives all memory back. Nobody may hold a slot. */
    public void clear() throws IOException {
        lock.lock();
        try {
            state.memory.releaseFrom(0);
            state.budget.give(segments.totalCommitted() << GRANULE_SHIFT);
            state.clear();
            supply.clear();
        } finally {
            lock.unlock();
        }
    }
}
