// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;

/** One walk over a range of blocks that tells a visitor its extents. Holes are skipped leaf by leaf. */
final class ExtentScan {
    private final BlockTable table;
    private final int blockShift;
    private final long endBytes;
    private final ExtentVisitor visitor;

    private long position;
    private long extentStart;
    private long extentState;
    private boolean wanted = true;

    ExtentScan(BlockTable table, int blockShift, long startBytes, long endBytes, ExtentVisitor visitor) {
        this.table = table;
        this.blockShift = blockShift;
        this.endBytes = endBytes;
        this.visitor = visitor;
        this.position = startBytes;
        this.extentStart = startBytes;
    }

    /** States are told apart by a representative entry: hole, zero, or anything else. */
    private static long stateOf(long entry) {
        return entry == IndexEntry.HOLE || entry == IndexEntry.ZERO ? entry : Long.MAX_VALUE;
    }

    void run() throws StoreException {
        BlockIndex index = table.index();
        extentState = -1;
        while (position < endBytes && wanted) {
            long block = position >>> blockShift;
            long leaf = BlockIndex.leafOf(block);
            long next = index.nextLeaf(leaf);
            if (next > leaf) {
                advance(IndexEntry.HOLE, (next << BlockIndex.LEAF_SHIFT) << blockShift);
            } else {
                scanLeaf(leaf, block);
            }
        }
        if (wanted && position > extentStart) {
            report();
        }
    }

    private void scanLeaf(long leaf, long firstBlock) throws StoreException {
        long end = (leaf + 1) << BlockIndex.LEAF_SHIFT;
        Stripe stripe = table.stripeOf(leaf);
        stripe.lockOpen();
        try {
            for (long block = firstBlock; block < end && position < endBytes && wanted; block++) {
                advance(table.index().get(block), (block + 1) << blockShift);
            }
        } finally {
            stripe.unlock();
        }
    }

    private void advance(long entry, long toBytes) {
        long state = stateOf(entry);
        if (state != extentState) {
            if (position > extentStart) {
                report();
            }
            extentStart = position;
            extentState = state;
        }
        // Past the last leaf of a store that ends inside a block or a leaf, the range ends first.
        position = toBytes > endBytes || toBytes < 0 ? endBytes : toBytes;
    }

    private void report() {
        boolean hole = extentState == IndexEntry.HOLE;
        boolean zero = hole || extentState == IndexEntry.ZERO;
        wanted = visitor.extent(position - extentStart, hole, zero);
    }
}
