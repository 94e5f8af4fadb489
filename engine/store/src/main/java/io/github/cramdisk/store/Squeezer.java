// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.lang.System.Logger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocks smaller that stayed cold: compresses up to 64 KiB of neighbours together, with a stronger codec than the one
 * they were written with ({@link Regrouping}).
 *
 * <p>It walks over the index again and again. Each walk makes every block a step older; a block that was neither read nor
 * written for {@link IndexEntry#AGE_COLD} walks is cold. A squeezed block that is read by itself twice between two walks
 * that forget ({@link #WALKS_TO_FORGET}) gets a slot of its own again. A disk at rest costs nothing: after a walk that
 * found nothing to do, the next one waits for a change.
 *
 * <p>Threads: {@link #step} runs on the {@link SqueezeThread}, {@link #squeezeAll} and {@link #makeRoom} on any; one window
 * at a time. No lock of the store is held for longer than it takes to look at one leaf.
 */
final class Squeezer {
    /** zstd level 0: off. */
    static final int OFF = 0;

    private static final Logger LOG = System.getLogger(Squeezer.class.getName());
    /** Long enough that random requests meet every block of a busy disk of some GiB: what is in use must not be squeezed. */
    private static final long NANOS_BETWEEN_WALKS = 15_000_000_000L;
    /** Every so many walks, squeezed blocks are no longer counted as read. */
    private static final int WALKS_TO_FORGET = 4;
    /** What {@link #makeRoom} looks for before it lets its caller try again. */
    private static final long ROOM_BYTES = 512 << 10;

    private final BlockTable table;
    private final ScratchPool scratches;
    private final int blockBytes;
    private final ReentrantLock windowLock = new ReentrantLock();
    private final long[] entries = new long[BlockIndex.LEAF_BLOCKS];
    private final AtomicLong savedBytes = new AtomicLong();
    private volatile int level;
    /** Something was written or read since the walk began; a hint. */
    private volatile boolean disturbed = true;

    private @Nullable Regrouping regrouping;
    private boolean closed;

    private long leaf = -1;
    private long walkStarted = Long.MIN_VALUE;
    private int walks;
    private boolean fruitful;
    /** Where {@link #makeRoom} goes on. */
    private long roomLeaf;

    Squeezer(BlockTable table, ScratchPool scratches, int blockBytes, int level) {
        this.table = table;
        this.scratches = scratches;
        this.blockBytes = blockBytes;
        this.level = level;
    }

    /**
     * @param newLevel zstd level, 1 to 19, or {@link #OFF}
     */
    void setLevel(int newLevel) {
        level = newLevel;
        disturbed = true;
    }

    /** Told at each read and write; costs a read when nothing changes. */
    void noteUse() {
        if (!disturbed) {
            disturbed = true;
        }
    }

    /** Bytes by which slots in use have become smaller so far, all squeezing together. */
    long savedBytes() {
        return savedBytes.get();
    }

    /**
     * Goes on with the walk by one leaf.
     *
     * @param nowNanos of {@link System#nanoTime}
     * @return whether there is more to do at once
     */
    boolean step(long nowNanos) throws StoreException {
        if (level == OFF) {
            return false;
        }
        BlockIndex index = table.index();
        if (leaf < 0) {
            if (walkStarted != Long.MIN_VALUE && nowNanos - walkStarted < NANOS_BETWEEN_WALKS) {
                return false;
            }
            if (!fruitful && !disturbed) {
                return false;
            }
            walkStarted = nowNanos;
            walks++;
            fruitful = false;
            disturbed = false;
            leaf = 0;
        }
        leaf = index.nextLeaf(leaf);
        if (leaf >= index.leaves()) {
            leaf = -1;
            return false;
        }
        fruitful |= age(leaf, walks % WALKS_TO_FORGET == 0);
        squeezeLeaf(leaf, IndexEntry.AGE_COLD, Long.MAX_VALUE);
        leaf++;
        return true;
    }

    /**
     * Squeezes all blocks, however young.
     *
     * @param progress told of each leaf that is done
     * @return bytes by which slots in use have become smaller
     */
    long squeezeAll(int atLevel, LeafProgress progress) throws StoreException {
        long before = savedBytes.get();
        BlockIndex index = table.index();
        for (long each = index.nextLeaf(0); each < index.leaves(); each = index.nextLeaf(each + 1)) {
            squeezeLeaf(each, IndexEntry.AGE_YOUNG, Long.MAX_VALUE, atLevel);
            if (!progress.goOn(each)) {
                break;
            }
        }
        return savedBytes.get() - before;
    }

    /** Told which leaf is done. */
    @FunctionalInterface
    interface LeafProgress {
        /** @return false to stop */
        boolean goOn(long leaf) throws StoreException;
    }

    /**
     * Makes slots smaller for a writer that found no room, the oldest part of the disk first, until some room is made or
     * everything was looked at.
     *
     * @return bytes saved
     */
    long makeRoom() throws StoreException {
        if (level == OFF) {
            return 0;
        }
        BlockIndex index = table.index();
        long saved = 0;
        long left = index.leaves();
        while (saved < ROOM_BYTES && left > 0) {
            long next = index.nextLeaf(roomLeaf);
            left -= next - roomLeaf + 1;
            if (next >= index.leaves()) {
                roomLeaf = 0;
                continue;
            }
            saved += squeezeLeaf(next, IndexEntry.AGE_YOUNG, ROOM_BYTES);
            roomLeaf = next + 1;
        }
        return saved;
    }

    /** Lets nothing begin from now on, and waits for the window at work. */
    void close() {
        windowLock.lock();
        try {
            closed = true;
        } finally {
            windowLock.unlock();
        }
    }

    /** Makes the blocks of a leaf a step older; whether there is one that may become cold, or is. */
    private boolean age(long leaf, boolean forget) throws StoreException {
        BlockIndex index = table.index();
        boolean young = false;
        Stripe stripe = table.stripeOf(leaf);
        stripe.lockOpen();
        try {
            if (!index.hasLeaf(leaf)) {
                return false;
            }
            long block = leaf << BlockIndex.LEAF_SHIFT;
            index.readLeaf(leaf, entries);
            for (long entry : entries) {
                if (IndexEntry.isGroup(entry)) {
                    if (forget && IndexEntry.isTouched(entry)) {
                        index.put(block, IndexEntry.withTouched(entry, false));
                    }
                } else if (IndexEntry.hasSlot(entry) && IndexEntry.age(entry) < IndexEntry.AGE_COLD) {
                    index.put(block, IndexEntry.withAge(entry, IndexEntry.age(entry) + 1));
                    young = true;
                }
                block++;
            }
        } finally {
            stripe.unlock();
        }
        return young;
    }

    private long squeezeLeaf(long each, int minAge, long enough) throws StoreException {
        return squeezeLeaf(each, minAge, enough, level);
    }

    private long squeezeLeaf(long each, int minAge, long enough, int atLevel) throws StoreException {
        long first = each << BlockIndex.LEAF_SHIFT;
        long saved = 0;
        int size = IndexEntry.maxGroupBlocks(blockBytes);
        for (long block = first; block < first + BlockIndex.LEAF_BLOCKS && saved < enough; block += size) {
            saved += squeezeWindow(block, atLevel, minAge);
        }
        return saved;
    }

    private long squeezeWindow(long block, int atLevel, int minAge) throws StoreException {
        if (!table.index().hasLeaf(BlockIndex.leafOf(block)) || atLevel == OFF) {
            return 0;
        }
        Scratch scratch = scratches.acquire();
        windowLock.lock();
        try {
            if (closed) {
                throw new StoreException(Reason.CLOSED, "the disk was closed");
            }
            if (regrouping == null) {
                regrouping = new Regrouping(table, blockBytes);
            }
            long saved = regrouping.squeeze(scratch, block, atLevel, minAge);
            savedBytes.addAndGet(saved);
            return saved;
        } catch (StoreException e) {
            if (e.reason() != Reason.DAMAGED) {
                throw e;
            }
            // Whoever reads the block is told; the others go on.
            LOG.log(Logger.Level.DEBUG, "not squeezed", e);
            return 0;
        } finally {
            windowLock.unlock();
            scratches.release(scratch);
        }
    }
}
