// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.arena.Purpose;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.util.function.LongPredicate;

/** One scan of the index that moves certain slots elsewhere, and gives leaves back that turn out to be empty. */
final class Evacuation {
    /** So many are looked at before readers and writers of their leaf get their turn. */
    static final int BLOCKS_PER_HOLD = 32;

    private final BlockTable table;
    private final BlockIndex index;
    private final GroupWindow window;
    private final Scratch scratch;
    private final LongPredicate leaving;

    /** @param leaving which addresses are to be left */
    Evacuation(BlockTable table, Scratch scratch, LongPredicate leaving) {
        this.table = table;
        this.index = table.index();
        this.window = table.window();
        this.scratch = scratch;
        this.leaving = leaving;
    }

    /** Goes through the whole index, or until there is no room to move. */
    void run() throws IOException {
        for (long leaf = index.nextLeaf(0); leaf < index.leaves(); leaf = index.nextLeaf(leaf + 1)) {
            if (!evacuate(leaf)) {
                return;
            }
        }
    }

    private boolean evacuate(long leaf) throws IOException {
        Stripe stripe = table.stripeOf(leaf);
        long first = leaf << BlockIndex.LEAF_SHIFT;
        boolean empty = true;
        for (int i = 0; i < BlockIndex.LEAF_BLOCKS; i += BLOCKS_PER_HOLD) {
            stripe.lockOpen();
            try {
                if (!index.hasLeaf(leaf)) {
                    return true;
                }
                for (long block = first + i; block < first + i + BLOCKS_PER_HOLD; block++) {
                    if (!move(stripe, block)) {
                        return false;
                    }
                    empty &= index.get(block) == IndexEntry.HOLE;
                }
            } finally {
                stripe.unlock();
            }
        }
        if (empty) {
            table.dropLeafIfEmpty(leaf);
        }
        return true;
    }

    /**
     * Moves the slot of a block elsewhere if it is one that leaves, and does nothing otherwise. The caller
     * holds the block's stripe.
     *
     * @return false when it lies there still, because there is no room
     */
    boolean move(Stripe stripe, long block) {
        long before = index.get(block);
        if (!IndexEntry.hasSlot(before) || !leaving.test(IndexEntry.address(before))) {
            return true;
        }
        long address = table.arena().allocate(SlotLayout.granules(before), Purpose.MOVE);
        if (address == Arena.NO_ROOM) {
            return false;
        }
        table.copySlotOut(before, scratch);
        table.copySlotIn(address, before, scratch);
        if (IndexEntry.isGroup(before)) {
            moveMembers(stripe, block, IndexEntry.address(before), address);
        } else {
            table.replace(stripe, block, before, IndexEntry.at(before, address));
        }
        return true;
    }

    /** The last one to leave frees the old slot; killed in between, both slots are whole. */
    private void moveMembers(Stripe stripe, long block, long from, long to) {
        long first = window.firstOf(block);
        for (long member = first; member < first + window.size(); member++) {
            long entry = index.get(member);
            if (GroupWindow.isMember(entry, from)) {
                table.replace(stripe, member, entry, IndexEntry.at(entry, to));
            }
        }
    }
}
