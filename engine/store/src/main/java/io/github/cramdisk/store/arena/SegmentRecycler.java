// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Wins whole segments back for compaction. A round is: choose victims ({@link #selectVictims}), take their free slots out
 * of the lists ({@link #dropFreeSlotsOf}), have their live slots moved by the caller, {@link #release} those that are empty
 * then, and {@link #listGaps} of the rest.
 *
 * <p>One round at a time; the caller sees to that. Allocation goes on meanwhile.
 */
public final class SegmentRecycler {
    private final ArenaState state;
    private final Segments segments;
    private final FreeLists free;
    private final SegmentSupply supply;
    private final int blockSlotGranules;

    /**
     * @param blockSlotGranules largest slot of a block; those of groups may be larger, but are few
     */
    SegmentRecycler(ArenaState state, SegmentSupply supply, int blockSlotGranules) {
        this.state = state;
        this.segments = state.segments;
        this.free = state.free;
        this.supply = supply;
        this.blockSlotGranules = blockSlotGranules;
    }

    /** Whether a slot lies in one of these segments. */
    public static boolean isIn(BitSet victims, long address) {
        return victims.get(Segments.segmentOf(address));
    }

    /**
     * Chooses segments to be emptied, the sparsest first, and closes them to new slots. No more than can be moved into the
     * room there is, even if every free slot in the chosen ones is given up.
     *
     * @param maxMoveBytes most bytes to be moved
     * @param minFreeBytes a segment with less to win is left alone
     * @return the chosen segments, possibly none
     */
    public BitSet selectVictims(long maxMoveBytes, int minFreeBytes) {
        state.lock.lock();
        try {
            supply.closeSparseActive();
            state.budget.beginMoves();
            long room = Math.min(maxMoveBytes >>> Arena.GRANULE_SHIFT, roomForMovesGranules());
            // At the end of a segment up to a slot stays unused; with less to win than that, moving would not end.
            int minFree = Math.max(minFreeBytes >>> Arena.GRANULE_SHIFT, 2 * blockSlotGranules);
            BitSet victims = new BitSet();
            int spare = supply.giveUpSpare();
            if (spare >= 0) {
                segments.setState(spare, Segments.State.DRAINING);
                victims.set(spare);
            }
            for (int segment : closedSegmentsSparsestFirst()) {
                if (room < Segments.GRANULES) {
                    break;
                }
                if (segments.committed(segment) - segments.live(segment) >= minFree) {
                    room -= Segments.GRANULES;
                    segments.setState(segment, Segments.State.DRAINING);
                    victims.set(segment);
                }
            }
            return victims;
        } finally {
            state.lock.unlock();
        }
    }

    /**
     * Chooses segments whose gaps are in no list, the sparsest first, and closes them to new slots until {@link #listGaps}.
     *
     * @param most how many
     */
    public BitSet selectUnlisted(int most) {
        state.lock.lock();
        try {
            BitSet chosen = new BitSet();
            for (int segment : closedSegmentsSparsestFirst()) {
                if (chosen.cardinality() < most && segments.hasUnlistedGaps(segment)) {
                    segments.setState(segment, Segments.State.DRAINING);
                    chosen.set(segment);
                }
            }
            return chosen;
        } finally {
            state.lock.unlock();
        }
    }

    private long roomForMovesGranules() {
        long room = state.budget.roomForMovesBytes() >>> Arena.GRANULE_SHIFT;
        return room + free.freeGranules();
    }

    private List<Integer> closedSegmentsSparsestFirst() {
        List<Integer> closed = new ArrayList<>();
        for (int i = 0; i < segments.count(); i++) {
            if (segments.state(i) == Segments.State.CLOSED) {
                closed.add(i);
            }
        }
        closed.sort(Comparator.comparingInt(segments::live));
        return closed;
    }

    /**
     * Takes the free slots of victims out of the lists. One list at a time is taken out whole and walked without the
     * lock; meanwhile slots of that size are cut elsewhere.
     */
    public void dropFreeSlotsOf(BitSet victims) {
        for (int granules = 1; granules <= free.maxGranules(); granules++) {
            long chain;
            state.lock.lock();
            try {
                chain = free.detach(granules);
            } finally {
                state.lock.unlock();
            }
            if (chain != FreeLists.END) {
                filter(granules, chain, victims);
            }
        }
    }

    private void filter(int granules, long chain, BitSet victims) {
        long keptHead = FreeLists.END;
        long keptTail = FreeLists.END;
        long forgotten = 0;
        long slot = chain;
        while (slot != FreeLists.END) {
            long next = free.next(slot);
            if (victims.get(Segments.segmentOf(slot))) {
                forgotten += granules;
            } else {
                free.setNext(slot, keptHead);
                keptHead = slot;
                if (keptTail == FreeLists.END) {
                    keptTail = slot;
                }
            }
            slot = next;
        }
        state.lock.lock();
        try {
            free.forget(forgotten);
            if (keptHead != FreeLists.END) {
                free.attach(granules, keptHead, keptTail);
            }
        } finally {
            state.lock.unlock();
        }
    }

    /**
     * Gives the memory of emptied victims back to the machine, and takes them out of the set: what remains in it still
     * holds slots.
     */
    public void release(BitSet victims) throws IOException {
        for (int segment = victims.nextSetBit(0); segment >= 0; segment = victims.nextSetBit(segment + 1)) {
            if (hasLive(segment)) {
                continue;
            }
            // Without the lock: giving 2 MiB back takes the kernel long enough to be felt, and nobody else can touch a
            // draining segment without slots.
            state.memory.release(Segments.firstGranule(segment) << Arena.GRANULE_SHIFT, SlotAllocator.SEGMENT_BYTES);
            forget(segment);
            victims.clear(segment);
        }
    }

    private boolean hasLive(int segment) {
        state.lock.lock();
        try {
            return segments.live(segment) > 0;
        } finally {
            state.lock.unlock();
        }
    }

    /**
     * Returns victims to service with their gaps in the lists, and takes them out of the set.
     *
     * @param live all slots of these segments, gathered after {@link #dropFreeSlotsOf}
     * @return bytes that can be used again
     */
    public long listGaps(BitSet victims, LiveSlots live) {
        long before = free.freeGranules();
        for (int segment = victims.nextSetBit(0); segment >= 0; segment = victims.nextSetBit(segment + 1)) {
            state.lock.lock();
            try {
                int closed = segment;
                segments.setState(closed, Segments.State.CLOSED);
                segments.setUnlistedGaps(closed, false);
                live.forEachGap(closed, segments.committed(closed), (from, to) -> listGap(closed, from, to));
            } finally {
                state.lock.unlock();
            }
            victims.clear(segment);
        }
        return (free.freeGranules() - before) << Arena.GRANULE_SHIFT;
    }

    private void listGap(int segment, int from, int to) {
        for (int granule = from; granule < to; granule += free.maxGranules()) {
            state.list(Segments.firstGranule(segment) + granule, Math.min(free.maxGranules(), to - granule));
        }
    }

    /** Returns victims to service as they are, their gaps unlisted; for when something went wrong. */
    public void returnToService(BitSet victims) {
        state.lock.lock();
        try {
            victims.stream().forEach(segment -> {
                segments.setState(segment, Segments.State.CLOSED);
                segments.setUnlistedGaps(segment, true);
            });
        } finally {
            state.lock.unlock();
        }
    }

    private void forget(int segment) {
        state.lock.lock();
        try {
            int committed = segments.committed(segment);
            state.budget.give((long) committed << Arena.GRANULE_SHIFT);
            segments.setCommitted(segment, 0);
            segments.setUnlistedGaps(segment, false);
            segments.setState(segment, Segments.State.EMPTY);
        } finally {
            state.lock.unlock();
        }
    }
}
