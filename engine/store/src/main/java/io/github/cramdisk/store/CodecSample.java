// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Tries codecs on parts of a store chosen at random among those in use. Each {@link #step} takes one part of 64 KiB
 * through all trials; the caller decides how many and how fast. For one thread; other threads may use the store
 * meanwhile.
 */
public final class CodecSample implements AutoCloseable {
    /** Bytes of a part: the largest block, so that every block size sees the same data. */
    public static final int PART_BYTES = 64 << 10;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TRIES = 64;

    private final BlockStore store;
    private final BlockTable table;
    private final SplittableRandom random;
    private final List<CodecTrial> trials;
    private final List<Scratch> scratches = new ArrayList<>();
    private final ByteBuffer part = ByteBuffer.allocateDirect(PART_BYTES);

    CodecSample(BlockStore store, BlockTable table, List<CodecTrial> trials, long seed) {
        this.store = store;
        this.table = table;
        this.trials = List.copyOf(trials);
        this.random = new SplittableRandom(seed);
        for (CodecTrial trial : trials) {
            scratches.add(new Scratch(trial.blockBytes(), 0));
        }
    }

    /**
     * Tries one part.
     *
     * @return false when no part in use was found
     * @throws StoreException {@link StoreException.Reason#CLOSED} when the store was closed
     */
    public boolean step() throws StoreException {
        Long offset = choose();
        if (offset == null) {
            return false;
        }
        store.read(offset, PART_BYTES, part, 0, Reading.UNNOTICED);
        for (int i = 0; i < trials.size(); i++) {
            run(trials.get(i), scratches.get(i));
        }
        return true;
    }

    /** A part of which every block is in use, aligned to its own length; null where none is met. */
    private @Nullable Long choose() throws StoreException {
        long parts = store.geometry().sizeBytes() / PART_BYTES;
        if (parts == 0) {
            return null;
        }
        BlockIndex index = table.index();
        long partBlocks = PART_BYTES / store.geometry().blockBytes();
        for (int i = 0; i < TRIES; i++) {
            long leaf = index.nextLeaf(random.nextLong(index.leaves()));
            if (leaf == index.leaves()) {
                leaf = index.nextLeaf(0);
            }
            if (leaf == index.leaves()) {
                return null;
            }
            long start = leaf << BlockIndex.LEAF_SHIFT;
            long block = (start + random.nextLong(BlockIndex.LEAF_BLOCKS)) / partBlocks * partBlocks;
            if ((block + partBlocks) * store.geometry().blockBytes()
                            <= store.geometry().sizeBytes()
                    && isInUse(leaf, block, block + partBlocks)) {
                return block * store.geometry().blockBytes();
            }
        }
        return null;
    }

    private boolean isInUse(long leaf, long first, long end) throws StoreException {
        Stripe stripe = table.stripeOf(leaf);
        stripe.lockOpen();
        try {
            for (long block = first; block < end; block++) {
                if (table.index().get(block) == IndexEntry.HOLE) {
                    return false;
                }
            }
            return true;
        } finally {
            stripe.unlock();
        }
    }

    private void run(CodecTrial trial, Scratch scratch) {
        int blockBytes = trial.blockBytes();
        long taken = 0;
        long begin = THREADS.getCurrentThreadCpuTime();
        for (int at = 0; at < PART_BYTES; at += blockBytes) {
            long entry = scratch.encode(trial.codec(), 0, part, at);
            taken += Long.BYTES;
            if (IndexEntry.hasSlot(entry)) {
                taken += (long) SlotLayout.granules(entry) * Arena.GRANULE_BYTES;
            }
        }
        trial.add(PART_BYTES, taken, THREADS.getCurrentThreadCpuTime() - begin);
    }

    @Override
    public void close() {
        scratches.forEach(Scratch::close);
        scratches.clear();
    }
}
