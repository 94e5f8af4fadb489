// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.arena.LiveSlots;
import io.github.cramdisk.store.arena.SegmentRecycler;
import io.github.cramdisk.store.arena.SlotAllocator;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wins back memory that lies free inside segments: empties the sparsest ones, by one scan of the index that moves their
 * live slots elsewhere, and gives them back to the machine.
 *
 * <p>How much is worth moving depends on what the disk is doing. While it is written to, freed slots will be reused by
 * themselves, so only much free memory is touched; when it is quiet, or after a trim, nearly everything is won back.
 *
 * <p>Threads: {@link #tick} runs on the {@link CompactionThread}; {@link #compact} on any. One pass at a time. A pass
 * holds one stripe for at most {@link Evacuation#BLOCKS_PER_HOLD} blocks, so readers and writers wait microseconds.
 */
final class Compactor {
    private static final long MAX_MOVE_BYTES = 64L << 20;
    private static final int ONE_SEGMENT = SlotAllocator.SEGMENT_BYTES;
    /** Bounds the memory of {@link LiveSlots} to half a MiB. */
    private static final int MAX_RELISTED_SEGMENTS = 32;
    /** After a pass that won nothing. */
    private static final int TICKS_TO_REST = 8;

    /** A segment is emptied while the disk is busy when it wins at least this much. */
    private static final int BUSY_MIN_FREE_BYTES = ONE_SEGMENT / 8;
    /** The same when the disk is quiet. */
    private static final int QUIET_MIN_FREE_BYTES = ONE_SEGMENT / 64;

    private final BlockTable table;
    private final SlotAllocator arena;
    private final SegmentRecycler recycler;
    private final ScratchPool scratches;
    private final ReentrantLock passLock = new ReentrantLock();

    /** Bytes freed by trims and not yet given back. */
    private final AtomicLong trimmedBytes = new AtomicLong();
    /** Set by each write; a hint. */
    private volatile boolean written;

    /** Given back by all passes so far. */
    private final AtomicLong wonBytes = new AtomicLong();

    private boolean closed;
    private int ticksToRest;
    /** The last pass won nothing, and will not until something is written or trimmed. */
    private boolean fruitless;

    Compactor(BlockTable table, SlotAllocator arena, ScratchPool scratches) {
        this.table = table;
        this.arena = arena;
        this.recycler = arena.recycler();
        this.scratches = scratches;
    }

    /** Told at each write; costs a read when nothing changes. */
    void noteWrite() {
        if (!written) {
            written = true;
        }
    }

    /** Told how many bytes a trim has freed in the arena. */
    void noteTrim(long bytes) {
        trimmedBytes.addAndGet(bytes);
    }

    /** Looks whether something is to be done, and does a bounded part of it. */
    void tick() throws IOException {
        boolean busy = written;
        written = false;
        if (ticksToRest > 0) {
            ticksToRest--;
            return;
        }
        long trimmed = trimmedBytes.get();
        if (fruitless && !busy && trimmed == 0) {
            return;
        }
        if (arena.reclaimableBytes() <= toleratedBytes(busy, trimmed)) {
            trimmedBytes.set(0);
            return;
        }
        fruitless = pass(busy && trimmed == 0 ? BUSY_MIN_FREE_BYTES : QUIET_MIN_FREE_BYTES) == 0;
        if (fruitless) {
            trimmedBytes.set(0);
            ticksToRest = TICKS_TO_REST;
        }
    }

    private long toleratedBytes(boolean busy, long trimmed) {
        long live = arena.liveBytes();
        long tolerated = busy ? live / 8 + 4L * ONE_SEGMENT : live / 64;
        if (trimmed > 0) {
            tolerated = trimmed / 20;
        }
        return Math.max(tolerated, ONE_SEGMENT / 4);
    }

    /** Wins back all there is. */
    void compact() throws IOException {
        long won;
        do {
            won = pass(QUIET_MIN_FREE_BYTES);
        } while (won > 0 && arena.reclaimableBytes() > ONE_SEGMENT / 4);
    }

    /** Makes room for a writer that found none: one pass, or the gaps of segments that cannot be emptied. */
    void makeRoom() throws IOException {
        pass(QUIET_MIN_FREE_BYTES);
    }

    /** Bytes made available so far; it grows only, and tells that another thread has made room. */
    long wonBytes() {
        return wonBytes.get();
    }

    /** Lets no pass begin from now on, and waits for the running one. */
    void close() {
        passLock.lock();
        try {
            closed = true;
        } finally {
            passLock.unlock();
        }
    }

    /** Runs something while no pass runs. */
    void pauseWhile(IoAction action) throws IOException {
        passLock.lock();
        try {
            action.run();
        } finally {
            passLock.unlock();
        }
    }

    /** What {@link #pauseWhile} runs. */
    interface IoAction {
        void run() throws IOException;
    }

    /** One pass; bytes by which the arena has become smaller. */
    private long pass(int minFreeBytes) throws IOException {
        // Taken before anything is changed, because there may be no memory for it.
        Scratch scratch = scratches.acquire();
        passLock.lock();
        try {
            if (closed) {
                return 0;
            }
            long before = arena.committedBytes();
            BitSet victims = recycler.selectVictims(MAX_MOVE_BYTES, minFreeBytes);
            boolean canMove = !victims.isEmpty();
            if (!canMove) {
                victims = recycler.selectUnlisted(MAX_RELISTED_SEGMENTS);
            }
            if (!victims.isEmpty()) {
                empty(victims, canMove, scratch);
            }
            return Math.max(0, before - arena.committedBytes());
        } finally {
            passLock.unlock();
            scratches.release(scratch);
        }
    }

    private void empty(BitSet victims, boolean canMove, Scratch scratch) throws IOException {
        try {
            recycler.dropFreeSlotsOf(victims);
            if (canMove) {
                new Evacuation(table, scratch, address -> SegmentRecycler.isIn(victims, address)).run();
                int chosen = victims.cardinality();
                recycler.release(victims);
                wonBytes.addAndGet((long) (chosen - victims.cardinality()) * ONE_SEGMENT);
            }
            if (!victims.isEmpty()) {
                wonBytes.addAndGet(recycler.listGaps(victims, findSlotsIn(victims, scratch)));
            }
        } finally {
            recycler.returnToService(victims);
        }
    }

    private LiveSlots findSlotsIn(BitSet segments, Scratch scratch) throws IOException {
        LiveSlots live = new LiveSlots(segments);
        BlockIndex index = table.index();
        long[] entries = scratch.leafEntries();
        for (long leaf = index.nextLeaf(0); leaf < index.leaves(); leaf = index.nextLeaf(leaf + 1)) {
            Stripe stripe = table.stripeOf(leaf);
            stripe.lockOpen();
            try {
                if (!index.hasLeaf(leaf)) {
                    continue;
                }
                index.readLeaf(leaf, entries);
            } finally {
                stripe.unlock();
            }
            for (long entry : entries) {
                if (IndexEntry.hasSlot(entry)) {
                    live.add(IndexEntry.address(entry), SlotLayout.granules(entry));
                }
            }
        }
        return live;
    }
}
