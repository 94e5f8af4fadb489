// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which granules of some segments belong to live slots, as one scan of the index tells; what lies between them is free.
 * Takes 16 KiB a segment. Not thread-safe.
 */
public final class LiveSlots {
    private final Map<Integer, BitSet> granulesBySegment = new HashMap<>();

    /**
     * @param segments the segments of interest
     */
    public LiveSlots(BitSet segments) {
        segments.stream().forEach(segment -> granulesBySegment.put(segment, new BitSet()));
    }

    /** Counts a slot, if it lies in a segment of interest. */
    public void add(long address, int granules) {
        BitSet live = granulesBySegment.get(Segments.segmentOf(address));
        if (live != null) {
            int from = (int) (address - Segments.firstGranule(Segments.segmentOf(address)));
            live.set(from, from + granules);
        }
    }

    /** Tells the gaps of a segment up to a granule, in order. */
    void forEachGap(int segment, int endGranule, GapVisitor visitor) {
        BitSet live = granulesBySegment.getOrDefault(segment, new BitSet());
        int from = live.nextClearBit(0);
        while (from < endGranule) {
            int nextLive = live.nextSetBit(from);
            int to = nextLive < 0 ? endGranule : Math.min(nextLive, endGranule);
            visitor.gap(from, to);
            from = live.nextClearBit(to);
        }
    }

    /** Receives the gaps of a segment. */
    interface GapVisitor {
        /**
         * @param from first free granule, counted from the start of the segment
         * @param to granule after the last free one
         */
        void gap(int from, int to);
    }
}
