// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.util.Arrays;
import java.util.BitSet;

/** What the allocator knows of each segment. Derived; grows as segments are first used; guarded by the allocator. */
final class Segments {
    /** Granules in a segment. */
    static final int GRANULES = SlotAllocator.SEGMENT_BYTES >>> Arena.GRANULE_SHIFT;

    private static final int GRANULES_SHIFT = SlotAllocator.SEGMENT_SHIFT - Arena.GRANULE_SHIFT;

    /** Life of a segment. */
    enum State {
        /** Holds no memory. */
        EMPTY,
        /** The one that new slots are cut from. */
        ACTIVE,
        /** Holds memory for slots to come; the next active one. */
        SPARE,
        /** Used up; its free slots are in the lists. */
        CLOSED,
        /** Being emptied by compaction: gets no new slots, and what is freed in it is not listed. */
        DRAINING
    }

    private State[] states = new State[16];
    private int[] liveGranules = new int[16];
    private int[] committedGranules = new int[16];
    private final BitSet unlisted = new BitSet();
    private int count;
    private long totalLive;
    private long totalCommitted;

    Segments() {
        Arrays.fill(states, State.EMPTY);
    }

    /** Segments with a number below this have been used. */
    int count() {
        return count;
    }

    static int segmentOf(long address) {
        return (int) (address >>> GRANULES_SHIFT);
    }

    /** Address of the first granule of a segment. */
    static long firstGranule(int segment) {
        return (long) segment << GRANULES_SHIFT;
    }

    /** Number of an empty segment, the lowest there is. */
    int findEmpty() {
        for (int i = 0; i < count; i++) {
            if (states[i] == State.EMPTY) {
                return i;
            }
        }
        return count;
    }

    State state(int segment) {
        return states[segment];
    }

    void setState(int segment, State state) {
        ensure(segment);
        states[segment] = state;
    }

    /** Granules of slots in use. */
    int live(int segment) {
        return liveGranules[segment];
    }

    void addLive(int segment, int granules) {
        liveGranules[segment] += granules;
        totalLive += granules;
    }

    /** Granules of slots in use, in all segments. */
    long totalLive() {
        return totalLive;
    }

    /** Granules that hold memory, from the start of the segment. */
    int committed(int segment) {
        return committedGranules[segment];
    }

    void setCommitted(int segment, int granules) {
        ensure(segment);
        totalCommitted += granules - committedGranules[segment];
        committedGranules[segment] = granules;
    }

    /** Granules that hold memory, in all segments. */
    long totalCommitted() {
        return totalCommitted;
    }

    /** Whether the segment may have gaps between its slots that are in no free list. */
    boolean hasUnlistedGaps(int segment) {
        return unlisted.get(segment);
    }

    void setUnlistedGaps(int segment, boolean value) {
        unlisted.set(segment, value);
    }

    void clear() {
        unlisted.clear();
        Arrays.fill(states, State.EMPTY);
        Arrays.fill(liveGranules, 0);
        Arrays.fill(committedGranules, 0);
        count = 0;
        totalLive = 0;
        totalCommitted = 0;
    }

    void ensure(int segment) {
        if (segment >= states.length) {
            int from = states.length;
            int size = Math.max(segment + 1, from * 2);
            states = Arrays.copyOf(states, size);
            Arrays.fill(states, from, size, State.EMPTY);
            liveGranules = Arrays.copyOf(liveGranules, size);
            committedGranules = Arrays.copyOf(committedGranules, size);
        }
        count = Math.max(count, segment + 1);
    }
}
