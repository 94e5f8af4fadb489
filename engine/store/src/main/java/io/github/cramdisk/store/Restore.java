// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.ArenaRestore;
import io.github.cramdisk.store.arena.SlotAllocator;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;

/**
 * Rebuilds all that is derived from the index when a store is opened, by one scan. Checks every entry first and changes
 * nothing of a store that is damaged.
 */
final class Restore {
    private final BlockTable table;
    private final SlotAllocator arena;
    private final StoreGeometry geometry;
    private final GroupWindow window;
    private final long[] entries = new long[BlockIndex.LEAF_BLOCKS];

    Restore(BlockTable table, SlotAllocator arena, StoreGeometry geometry) {
        this.table = table;
        this.arena = arena;
        this.geometry = geometry;
        this.window = table.window();
    }

    void run() throws IOException {
        ArenaRestore slots = arena.restore();
        BlockIndex index = table.index();
        for (long leaf = index.nextLeaf(0); leaf < index.leaves(); leaf = index.nextLeaf(leaf + 1)) {
            scan(leaf, slots);
        }
        if (!slots.isWhole()) {
            throw new StoreException(Reason.DAMAGED, "its arena file was cut short");
        }
        if (!slots.finish()) {
            throw new StoreException(Reason.DAMAGED, "two of its blocks share memory");
        }
    }

    private void scan(long leaf, ArenaRestore slots) throws StoreException {
        long first = leaf << BlockIndex.LEAF_SHIFT;
        Stripe stripe = table.stripeOf(leaf);
        stripe.lockOpen();
        try {
            table.index().readLeaf(leaf, entries);
            for (int i = 0; i < entries.length; i++) {
                long entry = entries[i];
                if (entry == IndexEntry.HOLE) {
                    continue;
                }
                long block = first + i;
                if (!isPossible(block, i, slots)) {
                    throw new StoreException(Reason.DAMAGED, "the index entry of block " + block + " is impossible");
                }
                stripe.count(IndexEntry.HOLE, entry);
            }
        } finally {
            stripe.unlock();
        }
    }

    private boolean isPossible(long block, int i, ArenaRestore slots) {
        long entry = entries[i];
        if (block >= geometry.blocks()
                || !IndexEntry.isValid(entry, geometry.blockBytes())
                || !window.agreesWithOthers(entries, i)) {
            return false;
        }
        return !IndexEntry.hasSlot(entry)
                || !window.isFirstToName(entries, i)
                || slots.slot(IndexEntry.address(entry), SlotLayout.granules(entry));
    }
}
