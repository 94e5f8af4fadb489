// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Where new slots are cut from: the active segment, and the memory for it and for the next one.
 *
 * <p>Memory is taken from the {@link MemoryBudget} and from the file in steps of {@link #COMMIT_BYTES}, so that a small
 * disk does not cost a whole segment. Where the tmpfs has huge pages, a larger arena takes segments whole, and the next one
 * in advance ({@link #prepareSpare}).
 *
 * <p>Guarded by the arena's lock, but for {@link #isSpareWanted} and {@link #prepareSpare}.
 */
final class SegmentSupply {
    /** Memory is taken in steps of this many bytes; divides a segment. */
    static final int COMMIT_BYTES = 256 << 10;

    private static final int MAX_SEGMENTS = (int) (SlotAllocator.MAX_BYTES >>> SlotAllocator.SEGMENT_SHIFT);
    private static final int NO_SEGMENT = -1;
    /** From this size on an arena takes the memory of the next segment in advance. */
    private static final long SPARE_FROM_GRANULES = (64L << 20) >>> Arena.GRANULE_SHIFT;
    /** Below this an arena takes memory in small steps only. */
    private static final long SMALL_ARENA_GRANULES = (16L << 20) >>> Arena.GRANULE_SHIFT;

    private final ArenaState state;
    private final Segments segments;
    private int active = NO_SEGMENT;
    /** Next granule to be cut, counted from the start of the active segment. */
    private int bump;

    private int spare = NO_SEGMENT;
    private boolean preparingSpare;
    /** Set under the lock, read without it: that a writer is late to see it does no harm. */
    private volatile boolean spareWanted;

    SegmentSupply(ArenaState state) {
        this.state = state;
        this.segments = state.segments;
    }

    /** Cuts a slot from the active segment, or answers {@link FreeLists#END} when it does not fit or has no memory. */
    long cutFromActive(int granules, Purpose purpose) {
        if (active == NO_SEGMENT || bump > Segments.GRANULES - granules || !commitActive(bump + granules, purpose)) {
            return FreeLists.END;
        }
        long address = Segments.firstGranule(active) + bump;
        bump += granules;
        return address;
    }

    /** Makes another segment the active one; false when there is no memory for it. */
    boolean open(Purpose purpose) {
        int segment = spare;
        if (segment == NO_SEGMENT) {
            segment = segments.findEmpty();
            if (segment == MAX_SEGMENTS) {
                return false;
            }
            segments.ensure(segment);
            if (!commitStep(segment, purpose)) {
                return false;
            }
        }
        spare = NO_SEGMENT;
        closeActive();
        segments.setState(segment, Segments.State.ACTIVE);
        active = segment;
        bump = 0;
        // Moving does not wait for a reply, and is what a disk does last before it rests.
        spareWanted = purpose != Purpose.MOVE
                && state.memory.hasHugePages()
                && segments.totalCommitted() >= SPARE_FROM_GRANULES;
        return true;
    }

    private void closeActive() {
        if (active == NO_SEGMENT) {
            return;
        }
        // A segment is left only when a slot did not fit, so what remains is smaller than a slot. But a segment that
        // holds less memory than it could (no budget for the next step) may leave more; that waits for compaction.
        int rest = segments.committed(active) - bump;
        if (rest > 0 && rest <= state.free.maxGranules()) {
            state.free.push(Segments.firstGranule(active) + bump, rest);
        }
        segments.setState(active, Segments.State.CLOSED);
        active = NO_SEGMENT;
    }

    /** Closes the active segment if it is mostly free, so that it can be emptied too. */
    void closeSparseActive() {
        if (active != NO_SEGMENT && segments.live(active) < bump / 2) {
            closeActive();
        }
    }

    /** Goes on cutting from a closed segment, behind its last slot. */
    void resume(int segment, int endGranule) {
        segments.setState(segment, Segments.State.ACTIVE);
        active = segment;
        bump = endGranule;
    }

    /** Granules that hold memory for slots to come. */
    int restGranules() {
        int rest = active == NO_SEGMENT ? 0 : segments.committed(active) - bump;
        return rest + (spare == NO_SEGMENT ? 0 : Segments.GRANULES);
    }

    /** Gives the spare segment up, if there is one: its number, or -1. */
    int giveUpSpare() {
        int segment = spare;
        spare = NO_SEGMENT;
        return segment;
    }

    void clear() {
        active = NO_SEGMENT;
        spare = NO_SEGMENT;
        bump = 0;
    }

    /** Whether {@link #prepareSpare} is to be called. */
    boolean isSpareWanted() {
        return spareWanted;
    }

    /**
     * Takes the memory of the next segment without the lock, so that other writers go on in the active one: a huge page
     * takes the kernel milliseconds when it must be found and cleared first.
     */
    void prepareSpare() {
        int segment;
        state.lock.lock();
        try {
            spareWanted = false;
            segment = segments.findEmpty();
            if (preparingSpare || spare != NO_SEGMENT || segment == MAX_SEGMENTS) {
                return;
            }
            if (!state.budget.take(SlotAllocator.SEGMENT_BYTES, Purpose.FRESH)) {
                return;
            }
            segments.setState(segment, Segments.State.SPARE);
            preparingSpare = true;
        } finally {
            state.lock.unlock();
        }
        boolean taken = allocateMemory(Segments.firstGranule(segment), SlotAllocator.SEGMENT_BYTES);
        state.lock.lock();
        try {
            preparingSpare = false;
            if (taken) {
                segments.setCommitted(segment, Segments.GRANULES);
                spare = segment;
            } else {
                state.budget.giveForWantOfTmpfs(SlotAllocator.SEGMENT_BYTES);
                segments.setState(segment, Segments.State.EMPTY);
            }
        } finally {
            state.lock.unlock();
        }
    }

    /** Takes memory until the active segment holds this many granules; false when there is none. */
    private boolean commitActive(int granules, Purpose purpose) {
        while (segments.committed(active) < granules) {
            if (!commitStep(active, purpose)) {
                return false;
            }
        }
        return true;
    }

    private boolean commitStep(int segment, Purpose purpose) {
        return commitWhole(segment, purpose) || commit(segment, COMMIT_BYTES, purpose);
    }

    /** Where there are huge pages, a segment is one; but not while the arena is small, because it costs more. */
    private boolean commitWhole(int segment, Purpose purpose) {
        return state.memory.hasHugePages()
                && segments.committed(segment) == 0
                && segments.totalCommitted() >= SMALL_ARENA_GRANULES
                && commit(segment, SlotAllocator.SEGMENT_BYTES, purpose);
    }

    private boolean commit(int segment, int bytes, Purpose purpose) {
        if (!state.budget.take(bytes, purpose)) {
            return false;
        }
        int committed = segments.committed(segment);
        if (!allocateMemory(Segments.firstGranule(segment) + committed, bytes)) {
            state.budget.giveForWantOfTmpfs(bytes);
            return false;
        }
        segments.setCommitted(segment, committed + (bytes >>> Arena.GRANULE_SHIFT));
        return true;
    }

    private boolean allocateMemory(long address, int bytes) {
        long offset = address << Arena.GRANULE_SHIFT;
        try {
            return bytes == SlotAllocator.SEGMENT_BYTES
                    ? state.memory.allocateHuge(offset, bytes)
                    : state.memory.allocate(offset, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("giving memory back after there was too little", e);
        }
    }
}
