// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;

/**
 * One walk over the index that fills a {@link StoreMap}. Absent leaves are stepped over, a stripe is held while a leaf is
 * copied (about a microsecond), and of a range with more leaves than {@link #MOST_LEAVES} every n-th is read.
 */
final class MapScan {
    /** Takes about 0.1 s. */
    static final long MOST_LEAVES = 1 << 16;

    private final BlockTable table;
    private final long firstBlock;
    private final long endBlock;
    private final long cellBlocks;
    private final StoreMap map;
    private final long[] entries = new long[BlockIndex.LEAF_BLOCKS];

    /** @param endBlock block after the last; at most {@code cellBlocks} times the cells of the map behind the first */
    MapScan(BlockTable table, long firstBlock, long endBlock, long cellBlocks, StoreMap map) {
        this.table = table;
        this.firstBlock = firstBlock;
        this.endBlock = endBlock;
        this.cellBlocks = cellBlocks;
        this.map = map;
    }

    void run(long mostLeaves) throws StoreException {
        BlockIndex index = table.index();
        long firstLeaf = BlockIndex.leafOf(firstBlock);
        long endLeaf = BlockIndex.leafOf(endBlock - 1) + 1;
        long present = 0;
        for (long leaf = index.nextLeaf(firstLeaf); leaf < endLeaf; leaf = index.nextLeaf(leaf + 1)) {
            present++;
        }
        long every = Math.max(1, (present + mostLeaves - 1) / mostLeaves);
        if (every > 1) {
            map.markSampled();
        }
        long seen = 0;
        for (long leaf = index.nextLeaf(firstLeaf); leaf < endLeaf; leaf = index.nextLeaf(leaf + 1)) {
            if (seen++ % every == 0 && copy(leaf)) {
                count(leaf, every);
            }
        }
    }

    /** False where the leaf was given back meanwhile. */
    private boolean copy(long leaf) throws StoreException {
        Stripe stripe = table.stripeOf(leaf);
        stripe.lockOpen();
        try {
            if (!table.index().hasLeaf(leaf)) {
                return false;
            }
            table.index().readLeaf(leaf, entries);
            return true;
        } finally {
            stripe.unlock();
        }
    }

    private void count(long leaf, long times) {
        long start = leaf << BlockIndex.LEAF_SHIFT;
        long from = Math.max(firstBlock, start);
        long to = Math.min(endBlock, start + BlockIndex.LEAF_BLOCKS);
        long block = from;
        while (block < to) {
            int cell = (int) ((block - firstBlock) / cellBlocks);
            long cellEnd = Math.min(to, firstBlock + (cell + 1) * cellBlocks);
            for (; block < cellEnd; block++) {
                count(cell, entries[(int) (block - start)], times);
            }
        }
    }

    private void count(int cell, long entry, long times) {
        switch (IndexEntry.kind(entry)) {
            case IndexEntry.KIND_HOLE -> {}
            case IndexEntry.KIND_SAME -> map.add(cell, StoreMap.StoredAs.NOTHING, 0, times);
            case IndexEntry.KIND_RAW -> map.add(cell, StoreMap.StoredAs.RAW, IndexEntry.storedBytes(entry), times);
            default ->
                map.add(
                        cell,
                        IndexEntry.isSqueezed(entry) ? StoreMap.StoredAs.SQUEEZED : StoreMap.StoredAs.COMPRESSED,
                        IndexEntry.storedBytes(entry),
                        times);
        }
    }
}
