// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

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
 * holds one stripe for at most {@link #BLOCKS_PER_HOLD} blocks, so readers and writers wait microseconds.
 */
final class Compactor {
    private static final long MAX_MOVE_BYTES = 64L << 20;
    private static final int BLOCKS_PER_HOLD = 32;
    private static final int ONE_SEGMENT = SlotAllocator.SEGMENT_BYTES;

    /** A segment is emptied while the disk is busy when it wins at least this much. */
    private static final int BUSY_MIN_FREE_BYTES = ONE_SEGMENT / 8;
    /** The same when the disk is quiet. */
    private static final int QUIET_MIN_FREE_BYTES = ONE_SEGMENT / 64;

    private final Blocks blocks;
    private final SlotAllocator arena;
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

    Compactor(Blocks blocks, SlotAllocator arena, ScratchPool scratches) {
        this.blocks = blocks;
        this.arena = arena;
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
        long live = arena.liveBytes();
        long trimmed = trimmedBytes.get();
        long tolerated;
        if (trimmed > 0) {
            tolerated = trimmed / 20;
        } else if (busy) {
            tolerated = live / 8 + 4L * ONE_SEGMENT;
        } else {
            tolerated = live / 64;
        }
        tolerated = Math.max(tolerated, ONE_SEGMENT / 4);
        if (arena.reclaimableBytes() <= tolerated) {
            trimmedBytes.set(0);
            return;
        }
        int minFree = busy && trimmed == 0 ? BUSY_MIN_FREE_BYTES : QUIET_MIN_FREE_BYTES;
        if (pass(minFree) == 0) {
            trimmedBytes.set(0);
            ticksToRest = 8;
        }
    }

    /**
     * Wins back all there is.
     *
     * @return bytes given back to the machine
     */
    long compact() throws IOException {
        long total = 0;
        long released;
        do {
            released = pass(QUIET_MIN_FREE_BYTES);
            total += released;
        } while (released > 0 && arena.reclaimableBytes() > ONE_SEGMENT / 4);
        return total;
    }

    /** Bytes given back to the machine so far; it grows only, and tells that another thread has made room. */
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

    private long pass(int minFreeBytes) throws IOException {
        passLock.lock();
        try {
            if (closed) {
                return 0;
            }
            BitSet victims = arena.selectVictims(Math.min(MAX_MOVE_BYTES, arena.roomForMovesBytes()), minFreeBytes);
            if (victims.isEmpty()) {
                return 0;
            }
            arena.dropFreeSlotsOf(victims);
            Scratch scratch = scratches.acquire();
            try {
                evacuate(victims, scratch);
            } finally {
                scratches.release(scratch);
            }
            long released = arena.release(victims);
            wonBytes.addAndGet(released);
            return released;
        } finally {
            passLock.unlock();
        }
    }

    private void evacuate(BitSet victims, Scratch scratch) throws IOException {
        BlockIndex index = blocks.index();
        Blocks.Evacuation leave = address -> SlotAllocator.isIn(victims, address);
        for (long leaf = index.nextLeaf(0); leaf < index.leaves(); leaf = index.nextLeaf(leaf + 1)) {
            if (!evacuateLeaf(leaf, scratch, leave)) {
                return;
            }
        }
    }

    private boolean evacuateLeaf(long leaf, Scratch scratch, Blocks.Evacuation leave) throws IOException {
        Stripe stripe = blocks.stripeOf(leaf);
        long first = leaf << BlockIndex.LEAF_SHIFT;
        boolean empty = true;
        for (int i = 0; i < BlockIndex.LEAF_BLOCKS; i += BLOCKS_PER_HOLD) {
            stripe.lockOpen();
            try {
                if (!blocks.index().hasLeaf(leaf)) {
                    return true;
                }
                for (long block = first + i; block < first + i + BLOCKS_PER_HOLD; block++) {
                    if (!blocks.move(stripe, scratch, block, leave)) {
                        return false;
                    }
                    empty &= blocks.index().get(block) == IndexEntry.HOLE;
                }
            } finally {
                stripe.unlock();
            }
        }
        if (empty) {
            blocks.dropLeafIfEmpty(leaf);
        }
        return true;
    }
}
