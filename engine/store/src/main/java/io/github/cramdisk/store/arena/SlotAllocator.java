// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The arena of a store: slots in segments of 2 MiB of one file on tmpfs.
 *
 * <p>New slots are cut from the active segment; freed slots go to lists by exact size and are taken from there first. When
 * much is free but nothing fits, a larger free slot is split. What cannot be reused this way is won back by compaction,
 * which empties the sparsest segments ({@link #selectVictims}, {@link #dropFreeSlotsOf}, moves, {@link #release}, and
 * {@link #listGaps} for those that could not be emptied).
 *
 * <p>Memory is taken from the {@link MemoryBudget} and from the file in steps of {@link #COMMIT_BYTES}, so that a small
 * disk does not cost a whole segment; where the tmpfs has huge pages, a larger arena takes segments whole.
 *
 * <p>Threads: any; one lock, held for tens of nanoseconds, or for one {@code fallocate} when a step is taken. It is the
 * innermost lock of the store.
 */
public final class SlotAllocator implements Arena {
    public static final int SEGMENT_SHIFT = 21;
    public static final int SEGMENT_BYTES = 1 << SEGMENT_SHIFT;
    /** Memory is taken in steps of this many bytes; divides a segment. */
    public static final int COMMIT_BYTES = 256 << 10;
    /** Largest arena; an index entry has 36 bits for an address in granules. */
    public static final long MAX_BYTES = 1L << 40;

    private static final int SEGMENT_GRANULES = SEGMENT_BYTES >>> GRANULE_SHIFT;
    private static final int GRANULES_PER_SEGMENT_SHIFT = SEGMENT_SHIFT - GRANULE_SHIFT;
    private static final int COMMIT_GRANULES = COMMIT_BYTES >>> GRANULE_SHIFT;
    /** From this size on an arena takes the memory of the next segment in advance. */
    private static final long SPARE_FROM_GRANULES = (64L << 20) >>> GRANULE_SHIFT;
    /** Below this an arena takes memory in small steps only. */
    private static final long SMALL_ARENA_GRANULES = (16L << 20) >>> GRANULE_SHIFT;

    private static final int MAX_SEGMENTS = (int) (MAX_BYTES >>> SEGMENT_SHIFT);
    private static final int NO_SEGMENT = -1;
    /** Larger free slots are split before a new segment is opened once this part of the live bytes lies free. */
    private static final int SPLIT_WHEN_FREE_EXCEEDS_ONE_IN = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArenaMapping memory;
    private final MemoryBudget budget;
    private final FreeLists free;
    private final Segments segments = new Segments();
    private int active = NO_SEGMENT;
    private int spare = NO_SEGMENT;
    private boolean preparingSpare;
    /** Set under the lock, read without it: that a writer is late to see it does no harm. */
    private volatile boolean spareWanted;
    /** Next granule to be cut, counted from the start of the active segment. */
    private int bump;

    private long liveGranules;
    private long committedGranules;

    /**
     * @param maxSlotGranules largest slot that will be asked for
     */
    public SlotAllocator(ArenaMapping memory, MemoryBudget budget, int maxSlotGranules) {
        this.memory = memory;
        this.budget = budget;
        this.free = new FreeLists(memory, maxSlotGranules);
    }

    @Override
    public long allocate(int granules, Purpose purpose) {
        long address = allocateLocked(granules, purpose);
        if (spareWanted) {
            prepareSpare();
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
            segments.addLive(segmentOf(address), granules);
            liveGranules += granules;
            return address;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void free(long address, int granules) {
        lock.lock();
        try {
            int segment = segmentOf(address);
            segments.addLive(segment, -granules);
            liveGranules -= granules;
            list(address, granules);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void copyIn(long address, ByteBuffer source, int sourceIndex, int lengthBytes) {
        memory.copyIn(address << GRANULE_SHIFT, source, sourceIndex, lengthBytes);
    }

    @Override
    public void copyOut(long address, ByteBuffer target, int targetIndex, int lengthBytes) {
        memory.copyOut(address << GRANULE_SHIFT, target, targetIndex, lengthBytes);
    }

    /** Bytes of slots in use. */
    public long liveBytes() {
        lock.lock();
        try {
            return liveGranules << GRANULE_SHIFT;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of memory that the arena holds. */
    public long committedBytes() {
        lock.lock();
        try {
            return committedGranules << GRANULE_SHIFT;
        } finally {
            lock.unlock();
        }
    }

    private long allocateElsewhere(int granules, Purpose purpose) {
        if (fitsActive(granules) && commitActive(bump + granules, purpose)) {
            return cut(granules);
        }
        if (free.freeGranules() > liveGranules / SPLIT_WHEN_FREE_EXCEEDS_ONE_IN) {
            long address = split(granules);
            if (address != FreeLists.END) {
                return address;
            }
        }
        if (openSegment(purpose) && commitActive(bump + granules, purpose)) {
            return cut(granules);
        }
        return split(granules);
    }

    private boolean fitsActive(int granules) {
        return active != NO_SEGMENT && bump <= SEGMENT_GRANULES - granules;
    }

    private long cut(int granules) {
        long address = firstGranule(active) + bump;
        bump += granules;
        return address;
    }

    /** Takes the smallest free slot that is large enough and gives back what is left over. */
    private long split(int granules) {
        int size = free.atLeast(granules);
        if (size < 0) {
            return FreeLists.END;
        }
        long address = free.pop(size);
        if (size > granules) {
            list(address + granules, size - granules);
        }
        return address;
    }

    /** Makes a free slot available, unless its segment is being emptied: its memory will go, and the list's link with it. */
    private void list(long address, int granules) {
        if (segments.state(segmentOf(address)) != Segments.State.DRAINING) {
            free.push(address, granules);
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
        return memory.hasHugePages()
                && segments.committed(segment) == 0
                && committedGranules >= SMALL_ARENA_GRANULES
                && commit(segment, SEGMENT_BYTES, purpose);
    }

    private boolean commit(int segment, int bytes, Purpose purpose) {
        if (!budget.take(bytes, purpose)) {
            return false;
        }
        int committed = segments.committed(segment);
        if (!allocateMemory((firstGranule(segment) + committed) << GRANULE_SHIFT, bytes)) {
            budget.give(bytes);
            return false;
        }
        segments.setCommitted(segment, committed + (bytes >>> GRANULE_SHIFT));
        committedGranules += bytes >>> GRANULE_SHIFT;
        return true;
    }

    private boolean allocateMemory(long offset, int bytes) {
        try {
            return bytes == SEGMENT_BYTES ? memory.allocateHuge(offset, bytes) : memory.allocate(offset, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("giving memory back after there was too little", e);
        }
    }

    private boolean openSegment(Purpose purpose) {
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
        spareWanted = memory.hasHugePages() && committedGranules >= SPARE_FROM_GRANULES;
        return true;
    }

    /**
     * Takes the memory of the next segment without the lock, so that other writers go on in the active one: a huge page
     * takes the kernel milliseconds when it must be found and cleared first.
     */
    private void prepareSpare() {
        int segment;
        lock.lock();
        try {
            spareWanted = false;
            segment = segments.findEmpty();
            if (preparingSpare || spare != NO_SEGMENT || segment == MAX_SEGMENTS) {
                return;
            }
            if (!budget.take(SEGMENT_BYTES, Purpose.FRESH)) {
                return;
            }
            segments.setState(segment, Segments.State.SPARE);
            preparingSpare = true;
        } finally {
            lock.unlock();
        }
        boolean taken = allocateMemory(firstGranule(segment) << GRANULE_SHIFT, SEGMENT_BYTES);
        lock.lock();
        try {
            preparingSpare = false;
            if (taken) {
                segments.setCommitted(segment, SEGMENT_GRANULES);
                committedGranules += SEGMENT_GRANULES;
                spare = segment;
            } else {
                budget.give(SEGMENT_BYTES);
                segments.setState(segment, Segments.State.EMPTY);
            }
        } finally {
            lock.unlock();
        }
    }

    private void closeActive() {
        if (active == NO_SEGMENT) {
            return;
        }
        // A segment is left only when a slot did not fit, so what remains is smaller than a slot. But a segment that
        // holds less memory than it could (no budget for the next step) may leave more; that waits for compaction.
        int rest = segments.committed(active) - bump;
        if (rest > 0 && rest <= free.maxGranules()) {
            free.push(firstGranule(active) + bump, rest);
        }
        segments.setState(active, Segments.State.CLOSED);
        active = NO_SEGMENT;
    }

    /** Memory that compaction could win back at most: held, but neither in slots nor for slots to come. */
    public long reclaimableBytes() {
        lock.lock();
        try {
            int rest = active == NO_SEGMENT ? 0 : segments.committed(active) - bump;
            rest += spare == NO_SEGMENT ? 0 : SEGMENT_GRANULES;
            return (committedGranules - liveGranules - rest) << GRANULE_SHIFT;
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            if (active != NO_SEGMENT && segments.live(active) < bump / 2) {
                closeActive();
            }
            budget.beginMoves();
            long room = Math.min(maxMoveBytes >>> GRANULE_SHIFT, roomForMovesGranules());
            // At the end of a segment up to a slot stays unused; with less to win than that, moving would not end.
            int minFree = Math.max(minFreeBytes >>> GRANULE_SHIFT, 2 * free.maxGranules());
            BitSet victims = new BitSet();
            if (spare != NO_SEGMENT) {
                segments.setState(spare, Segments.State.DRAINING);
                victims.set(spare);
                spare = NO_SEGMENT;
            }
            for (int segment : closedSegmentsSparsestFirst()) {
                if (room < SEGMENT_GRANULES) {
                    break;
                }
                if (segments.committed(segment) - segments.live(segment) >= minFree) {
                    room -= SEGMENT_GRANULES;
                    segments.setState(segment, Segments.State.DRAINING);
                    victims.set(segment);
                }
            }
            return victims;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Chooses segments whose gaps are in no list, the sparsest first, and closes them to new slots until {@link #listGaps}.
     *
     * @param most how many
     */
    public BitSet selectUnlisted(int most) {
        lock.lock();
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
            lock.unlock();
        }
    }

    private long roomForMovesGranules() {
        long room = budget.roomForMovesBytes() >>> GRANULE_SHIFT;
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
            lock.lock();
            try {
                chain = free.detach(granules);
            } finally {
                lock.unlock();
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
            if (victims.get(segmentOf(slot))) {
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
        lock.lock();
        try {
            free.forget(forgotten);
            if (keptHead != FreeLists.END) {
                free.attach(granules, keptHead, keptTail);
            }
        } finally {
            lock.unlock();
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
            memory.release(firstGranule(segment) << GRANULE_SHIFT, SEGMENT_BYTES);
            forget(segment);
            victims.clear(segment);
        }
    }

    private boolean hasLive(int segment) {
        lock.lock();
        try {
            return segments.live(segment) > 0;
        } finally {
            lock.unlock();
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
            lock.lock();
            try {
                int closed = segment;
                segments.setState(closed, Segments.State.CLOSED);
                segments.setUnlistedGaps(closed, false);
                live.forEachGap(closed, segments.committed(closed), (from, to) -> listGap(closed, from, to));
            } finally {
                lock.unlock();
            }
            victims.clear(segment);
        }
        return (free.freeGranules() - before) << GRANULE_SHIFT;
    }

    private void listGap(int segment, int from, int to) {
        for (int granule = from; granule < to; granule += free.maxGranules()) {
            list(firstGranule(segment) + granule, Math.min(free.maxGranules(), to - granule));
        }
    }

    /** Returns victims to service as they are, their gaps unlisted; for when something went wrong. */
    public void returnToService(BitSet victims) {
        lock.lock();
        try {
            victims.stream().forEach(segment -> {
                segments.setState(segment, Segments.State.CLOSED);
                segments.setUnlistedGaps(segment, true);
            });
        } finally {
            lock.unlock();
        }
    }

    private void forget(int segment) {
        lock.lock();
        try {
            int committed = segments.committed(segment);
            budget.give((long) committed << GRANULE_SHIFT);
            committedGranules -= committed;
            segments.setCommitted(segment, 0);
            segments.setUnlistedGaps(segment, false);
            segments.setState(segment, Segments.State.EMPTY);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a slot lies in one of these segments. */
    public static boolean isIn(BitSet victims, long address) {
        return victims.get(segmentOf(address));
    }

    /** Gives all memory back. Nobody may hold a slot. */
    public void clear() throws IOException {
        lock.lock();
        try {
            memory.releaseFrom(0);
            budget.give(committedGranules << GRANULE_SHIFT);
            segments.clear();
            free.clear();
            active = NO_SEGMENT;
            spare = NO_SEGMENT;
            bump = 0;
            liveGranules = 0;
            committedGranules = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Starts to rebuild the state of an arena that another engine left. */
    public Restore restore() {
        return new Restore();
    }

    /**
     * Rebuilds what is derived from one scan of the index: {@link #slot} for each slot, then {@link #finish}. Gaps
     * between slots are not listed yet; compaction wins them back, or {@link #listGaps} when there is no room to move.
     */
    public final class Restore {
        private int[] ends = new int[16];

        private Restore() {}

        /**
         * Counts a slot.
         *
         * @return false when it cannot be a slot of this arena
         */
        public boolean slot(long address, int granules) {
            int segment = segmentOf(address);
            int offset = (int) (address - firstGranule(segment));
            if (segment >= MAX_SEGMENTS || offset > SEGMENT_GRANULES - granules) {
                return false;
            }
            segments.ensure(segment);
            segments.addLive(segment, granules);
            liveGranules += granules;
            if (segment >= ends.length) {
                ends = java.util.Arrays.copyOf(ends, Math.max(segment + 1, ends.length * 2));
            }
            ends[segment] = Math.max(ends[segment], offset + granules);
            return true;
        }

        /**
         * Gives back memory that no slot needs, and counts the rest in the budget.
         *
         * @return false when slots overlap
         */
        public boolean finish() throws IOException {
            lock.lock();
            try {
                for (int segment = 0; segment < segments.count(); segment++) {
                    if (segment < ends.length && segments.live(segment) > ends[segment]) {
                        return false;
                    }
                }
                for (int segment = 0; segment < segments.count(); segment++) {
                    adopt(segment, segment < ends.length ? ends[segment] : 0);
                }
                memory.releaseFrom((long) segments.count() << SEGMENT_SHIFT);
                resumeRoomiest();
                return true;
            } finally {
                lock.unlock();
            }
        }

        private void adopt(int segment, int end) throws IOException {
            int committed = (end + COMMIT_GRANULES - 1) / COMMIT_GRANULES * COMMIT_GRANULES;
            if (committed < SEGMENT_GRANULES) {
                memory.release(
                        (firstGranule(segment) + committed) << GRANULE_SHIFT,
                        (long) (SEGMENT_GRANULES - committed) << GRANULE_SHIFT);
            }
            segments.setCommitted(segment, committed);
            segments.setState(segment, committed == 0 ? Segments.State.EMPTY : Segments.State.CLOSED);
            segments.setUnlistedGaps(segment, committed > 0);
            committedGranules += committed;
            budget.adopt((long) committed << GRANULE_SHIFT);
        }

        /** Goes on filling the segment with the most room behind its last slot. */
        private void resumeRoomiest() {
            for (int segment = 0; segment < segments.count(); segment++) {
                boolean closed = segments.state(segment) == Segments.State.CLOSED;
                if (closed && (active == NO_SEGMENT || ends[segment] < bump)) {
                    active = segment;
                    bump = ends[segment];
                }
            }
            if (active != NO_SEGMENT) {
                segments.setState(active, Segments.State.ACTIVE);
            }
        }
    }

    static int segmentOf(long address) {
        return (int) (address >>> GRANULES_PER_SEGMENT_SHIFT);
    }

    static long firstGranule(int segment) {
        return (long) segment << GRANULES_PER_SEGMENT_SHIFT;
    }
}
