// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.nio.ByteBuffer;

/** Finds out where the last byte of a store lies that is not zero: what a smaller store would cut off. */
final class UsedEnd {
    private final BlockTable table;
    private final Blocks blocks;
    private final StoreGeometry geometry;
    private final Scratch scratch;

    UsedEnd(BlockTable table, Blocks blocks, StoreGeometry geometry, Scratch scratch) {
        this.table = table;
        this.blocks = blocks;
        this.geometry = geometry;
        this.scratch = scratch;
    }

    /**
     * The end of the last block that holds more than zeroes at or after an offset, but not beyond the store; the offset
     * itself when there is none.
     *
     * @throws StoreException {@link StoreException.Reason#DAMAGED} when a block in question cannot be read
     */
    long after(long offsetBytes) throws StoreException {
        BlockIndex index = table.index();
        long first = offsetBytes >>> geometry.blockShift();
        long end = geometry.blocks();
        long last = -1;
        for (long leaf = index.nextLeaf(BlockIndex.leafOf(first));
                leaf < index.leaves() && leaf << BlockIndex.LEAF_SHIFT < end;
                leaf = index.nextLeaf(leaf + 1)) {
            long leafStart = leaf << BlockIndex.LEAF_SHIFT;
            long found = lastUsed(leaf, (int) (Math.max(first, leafStart) - leafStart));
            last = found < 0 ? last : found;
        }
        int from = (int) (offsetBytes & (geometry.blockBytes() - 1));
        if (last < 0 || (last == first && from > 0 && isZeroFrom(first, from))) {
            return offsetBytes;
        }
        return Math.min((last + 1) << geometry.blockShift(), geometry.sizeBytes());
    }

    private long lastUsed(long leaf, int from) throws StoreException {
        long[] entries = scratch.leafEntries();
        Stripe stripe = table.stripeOf(leaf);
        stripe.lockOpen();
        try {
            if (!table.index().hasLeaf(leaf)) {
                return -1;
            }
            table.index().readLeaf(leaf, entries);
        } finally {
            stripe.unlock();
        }
        for (int i = entries.length - 1; i >= from; i--) {
            if (entries[i] != IndexEntry.HOLE && entries[i] != IndexEntry.ZERO) {
                return (leaf << BlockIndex.LEAF_SHIFT) + i;
            }
        }
        return -1;
    }

    private boolean isZeroFrom(long block, int from) throws StoreException {
        int length = geometry.blockBytes() - from;
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        blocks.read(scratch, block, from, length, bytes, 0, Reading.UNNOTICED);
        for (int i = 0; i < length; i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
