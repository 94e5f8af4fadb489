// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.index.BlockIndex;
import java.lang.System.Logger;

/**
 * Brings blocks into the codec of the store that were stored with another one. Squeezed blocks are left alone: they have a
 * stronger codec, and get that of the store when they come back.
 *
 * <p>What is left to do is what the index says, so it goes on where it was after the store was closed, or its engine killed.
 * What cannot be done, for want of room or because it was just written, is tried again after a while. A disk at rest costs a
 * look at the counts of its stripes.
 *
 * <p>Threads: {@link #step} runs on the {@link SqueezeThread}, the others on any. No lock of the store is held while a block
 * is restored and compressed.
 */
final class Recoder {
    private static final Logger LOG = System.getLogger(Recoder.class.getName());
    private static final long NANOS_BETWEEN_WALKS = 15_000_000_000L;

    private final Blocks blocks;
    private final ScratchPool scratches;
    private volatile boolean atOnce = true;
    private long leaf = -1;
    private long walkStarted;

    Recoder(Blocks blocks, ScratchPool scratches) {
        this.blocks = blocks;
        this.scratches = scratches;
    }

    /** The codec is another one: the next walk does not wait. */
    void begin() {
        atOnce = true;
    }

    /**
     * Goes on with the walk by one leaf.
     *
     * @param nowNanos of {@link System#nanoTime}
     * @return whether there is more to do at once
     */
    boolean step(long nowNanos) throws StoreException {
        if (leaf < 0) {
            if (!atOnce && nowNanos - walkStarted < NANOS_BETWEEN_WALKS) {
                return false;
            }
            atOnce = false;
            walkStarted = nowNanos;
            if (blocks.blocksInOtherCodec(blocks.sum()) == 0) {
                return false;
            }
            leaf = 0;
        }
        BlockIndex index = blocks.index();
        leaf = index.nextLeaf(leaf);
        if (leaf >= index.leaves()) {
            leaf = -1;
            return false;
        }
        recodeLeaf(leaf);
        leaf++;
        return true;
    }

    /** Does the blocks of one leaf. */
    void recodeLeaf(long each) throws StoreException {
        long first = each << BlockIndex.LEAF_SHIFT;
        Scratch scratch = scratches.acquire();
        try {
            for (long block = first; block < first + BlockIndex.LEAF_BLOCKS; block++) {
                recode(scratch, block);
            }
        } finally {
            scratches.release(scratch);
        }
    }

    private void recode(Scratch scratch, long block) throws StoreException {
        try {
            blocks.recode(scratch, block);
        } catch (StoreException e) {
            if (e.reason() != Reason.DAMAGED) {
                throw e;
            }
            // Whoever reads the block is told; the others go on.
            LOG.log(Logger.Level.DEBUG, "left in its codec", e);
        }
    }
}
