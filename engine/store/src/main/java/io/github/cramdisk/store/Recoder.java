// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.Purpose;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.lang.System.Logger;

/**
 * Brings blocks into the codec of the store that were stored with another one. Squeezed blocks are left alone: they have a
 * stronger codec. Those of a group get that of the store when they come back, one by itself when it is written again.
 *
 * <p>What is left to do is what the index says, so it goes on where it was after the store was closed, or its engine killed.
 * What cannot be done, for want of room or because it was just written, is tried again after a while, which becomes
 * longer each time that nothing could be done. A disk at rest costs a look at the counts of its stripes.
 *
 * <p>Threads: {@link #step} runs on the {@link SqueezeThread}, the others on any. No lock of the store is held while a block
 * is restored and compressed.
 */
final class Recoder {
    private static final Logger LOG = System.getLogger(Recoder.class.getName());
    private static final long NANOS_BETWEEN_WALKS = 15_000_000_000L;
    /** A walk for nothing takes 4 s of a processor for a gibibyte. */
    private static final long LONGEST_NANOS_BETWEEN_WALKS = 60 * NANOS_BETWEEN_WALKS;

    private final Blocks blocks;
    private final BlockTable table;
    private final BlockIndex index;
    private final ScratchPool scratches;
    private volatile boolean atOnce = true;
    private volatile long nanosBetweenWalks = NANOS_BETWEEN_WALKS;
    private boolean walkChangedSomething;
    private long leaf = -1;
    private long walkStarted;

    Recoder(Blocks blocks, BlockTable table, ScratchPool scratches) {
        this.blocks = blocks;
        this.table = table;
        this.index = table.index();
        this.scratches = scratches;
    }

    /** The codec is another one: the next walk does not wait. */
    void begin() {
        nanosBetweenWalks = NANOS_BETWEEN_WALKS;
        atOnce = true;
    }

    /** There may be room now for what had none: the next walk is due as after one that did something. */
    void expectRoom() {
        nanosBetweenWalks = NANOS_BETWEEN_WALKS;
    }

    /** How many of these blocks are to be brought into the present codec. */
    long blocksLeft(Stripe.Sum sum) {
        return sum.blocksOfOtherMaker(blocks.codec().maker());
    }

    /**
     * Goes on with the walk by one leaf.
     *
     * @param nowNanos of {@link System#nanoTime}
     * @return whether there is more to do at once
     */
    boolean step(long nowNanos) throws StoreException {
        if (leaf < 0) {
            if (!atOnce && nowNanos - walkStarted < nanosBetweenWalks) {
                return false;
            }
            atOnce = false;
            walkStarted = nowNanos;
            if (blocksLeft(table.sum()) == 0) {
                return false;
            }
            leaf = 0;
            walkChangedSomething = false;
        }
        leaf = index.nextLeaf(leaf);
        if (leaf >= index.leaves()) {
            leaf = -1;
            long longer = Math.min(2 * nanosBetweenWalks, LONGEST_NANOS_BETWEEN_WALKS);
            nanosBetweenWalks = walkChangedSomething ? NANOS_BETWEEN_WALKS : longer;
            return false;
        }
        walkChangedSomething |= recodeLeaf(leaf);
        leaf++;
        return true;
    }

    /**
     * Does the blocks of one leaf.
     *
     * @return whether one was brought into the codec
     */
    boolean recodeLeaf(long each) throws StoreException {
        long first = each << BlockIndex.LEAF_SHIFT;
        Scratch scratch = scratches.acquire();
        boolean changed = false;
        try {
            for (long block = first; block < first + BlockIndex.LEAF_BLOCKS; block++) {
                changed |= tryRecode(scratch, block);
            }
        } finally {
            scratches.release(scratch);
        }
        return changed;
    }

    private boolean tryRecode(Scratch scratch, long block) throws StoreException {
        try {
            return recode(scratch, block);
        } catch (StoreException e) {
            if (e.reason() != Reason.DAMAGED) {
                throw e;
            }
            // Whoever reads the block is told; the others go on.
            LOG.log(Logger.Level.DEBUG, "left in its codec", e);
            return false;
        }
    }

    /**
     * Brings a block with a slot of its own into the present codec, if it is in another. A block stays as it is when something
     * has changed meanwhile, when it would grow and there is no room to spare, or when there is no room at all.
     */
    private boolean recode(Scratch scratch, long block) throws StoreException {
        StoreCodec target = blocks.codec();
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(block));
        long before;
        long changes;
        stripe.lockOpen();
        try {
            before = index.get(block);
            if (!IndexEntry.isOfOtherMaker(before, target.maker())) {
                return false;
            }
            changes = stripe.changes();
            table.copySlotOut(before, scratch);
        } finally {
            stripe.unlock();
        }
        table.restore(scratch, block, before, scratch.plain(), 0);
        long draft = scratch.encode(target, block, scratch.plain(), 0);
        stripe.lockOpen();
        try {
            return stripe.changes() == changes && publishRecoded(stripe, scratch, block, draft);
        } finally {
            stripe.unlock();
        }
    }

    private boolean publishRecoded(Stripe stripe, Scratch scratch, long block, long draft) {
        long before = index.get(block);
        if (IndexEntry.kind(before) == IndexEntry.KIND_RAW && IndexEntry.kind(draft) == IndexEntry.KIND_RAW) {
            long after = IndexEntry.withMaker(before, IndexEntry.maker(draft));
            index.put(block, after);
            stripe.count(before, after);
            return true;
        }
        boolean grows = SlotLayout.granules(draft) > SlotLayout.granules(before);
        if (grows && !table.arena().hasRoomToSpare()) {
            return false;
        }
        // Squeezing may be worth it now, where it was not before.
        int age = Math.min(IndexEntry.age(before), IndexEntry.AGE_COLD);
        Purpose purpose = grows ? Purpose.FRESH : Purpose.MOVE;
        return table.publish(stripe, scratch, block, before, IndexEntry.withAge(draft, age), purpose);
    }
}
