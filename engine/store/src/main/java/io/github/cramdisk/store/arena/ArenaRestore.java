// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.io.IOException;
import java.util.Arrays;

/**
 * Rebuilds the state of an arena that another engine left, from one scan of the index: {@link #slot} for each slot, then
 * {@link #finish}. Gaps between slots are not listed yet; compaction wins them back, or {@link SegmentRecycler#listGaps}
 * when there is no room to move. Used by one thread, before anybody else sees the arena.
 */
public final class ArenaRestore {
    private static final int MAX_SEGMENTS = (int) (SlotAllocator.MAX_BYTES >>> SlotAllocator.SEGMENT_SHIFT);
    private static final int COMMIT_GRANULES = SegmentSupply.COMMIT_BYTES >>> Arena.GRANULE_SHIFT;

    private final ArenaState state;
    private final Segments segments;
    private final SegmentSupply supply;
    /** Granule behind the last slot of each segment. */
    private int[] ends = new int[16];

    ArenaRestore(ArenaState state, SegmentSupply supply) {
        this.state = state;
        this.segments = state.segments;
        this.supply = supply;
    }

    /**
     * Counts a slot.
     *
     * @return false when it cannot be a slot of this arena
     */
    public boolean slot(long address, int granules) {
        int segment = Segments.segmentOf(address);
        int offset = (int) (address - Segments.firstGranule(segment));
        if (segment >= MAX_SEGMENTS || offset > Segments.GRANULES - granules) {
            return false;
        }
        segments.ensure(segment);
        segments.addLive(segment, granules);
        if (segment >= ends.length) {
            ends = Arrays.copyOf(ends, Math.max(segment + 1, ends.length * 2));
        }
        ends[segment] = Math.max(ends[segment], offset + granules);
        return true;
    }

    /** Whether the file reaches to the last slot; one that was cut short does not. To be asked before {@link #finish}. */
    public boolean isWhole() throws IOException {
        for (int segment = segments.count() - 1; segment >= 0; segment--) {
            if (segments.live(segment) > 0) {
                long end = Segments.firstGranule(segment) + ends[segment];
                return end << Arena.GRANULE_SHIFT <= state.memory.fileBytes();
            }
        }
        return true;
    }

    /**
     * Gives back memory that no slot needs, and counts the rest in the budget.
     *
     * @return false when slots overlap; nothing has changed then
     */
    public boolean finish() throws IOException {
        ends = Arrays.copyOf(ends, Math.max(ends.length, segments.count()));
        for (int segment = 0; segment < segments.count(); segment++) {
            if (segments.live(segment) > ends[segment]) {
                return false;
            }
        }
        for (int segment = 0; segment < segments.count(); segment++) {
            adopt(segment, ends[segment]);
        }
        state.memory.releaseFrom((long) segments.count() << SlotAllocator.SEGMENT_SHIFT);
        resumeRoomiest();
        return true;
    }

    private void adopt(int segment, int end) throws IOException {
        int committed = (end + COMMIT_GRANULES - 1) / COMMIT_GRANULES * COMMIT_GRANULES;
        if (committed < Segments.GRANULES) {
            state.memory.release(
                    (Segments.firstGranule(segment) + committed) << Arena.GRANULE_SHIFT,
                    (long) (Segments.GRANULES - committed) << Arena.GRANULE_SHIFT);
        }
        segments.setCommitted(segment, committed);
        segments.setState(segment, committed == 0 ? Segments.State.EMPTY : Segments.State.CLOSED);
        segments.setUnlistedGaps(segment, committed > 0);
        state.budget.adopt((long) committed << Arena.GRANULE_SHIFT);
    }

    /** Goes on filling the segment with the most room behind its last slot. */
    private void resumeRoomiest() {
        int roomiest = -1;
        for (int segment = 0; segment < segments.count(); segment++) {
            boolean closed = segments.state(segment) == Segments.State.CLOSED;
            if (closed && (roomiest < 0 || ends[segment] < ends[roomiest])) {
                roomiest = segment;
            }
        }
        if (roomiest >= 0) {
            supply.resume(roomiest, ends[roomiest]);
        }
    }
}
