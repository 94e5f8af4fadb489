// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.arena.Purpose;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * Index, arena and locks of a store, and the steps of which every change of a block is made: copy a slot out, restore it,
 * publish another one by one store to the index, free the old one.
 *
 * <p>Lock order: stripe of the leaf, then the arena's own. No method but {@link #exclusively} holds two stripes.
 */
final class BlockTable {
    private static final int STRIPES = 256;

    private final BlockIndex index;
    private final Arena arena;
    private final GroupWindow window;
    private final int blockBytes;
    private final Stripe[] stripes = new Stripe[STRIPES];

    BlockTable(BlockIndex index, Arena arena, int blockBytes) {
        this.index = index;
        this.arena = arena;
        this.window = new GroupWindow(index, blockBytes);
        this.blockBytes = blockBytes;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(blockBytes);
        }
    }

    BlockIndex index() {
        return index;
    }

    Arena arena() {
        return arena;
    }

    GroupWindow window() {
        return window;
    }

    /** The stripe of a leaf. */
    Stripe stripeOf(long leaf) {
        return stripes[(int) leaf & (STRIPES - 1)];
    }

    Stripe.Sum sum() {
        Stripe.Sum sum = new Stripe.Sum();
        for (Stripe stripe : stripes) {
            stripe.addTo(sum);
        }
        return sum;
    }

    /** Runs something while nobody reads or writes. */
    void exclusively(ExclusiveAction action) throws IOException {
        for (Stripe stripe : stripes) {
            stripe.lock();
        }
        try {
            action.run(stripes);
        } finally {
            for (Stripe stripe : stripes) {
                stripe.unlock();
            }
        }
    }

    /** What {@link #exclusively} runs. */
    interface ExclusiveAction {
        void run(Stripe[] stripes) throws IOException;
    }

    /** Copies a slot to the scratch. The caller holds the stripe. */
    void copySlotOut(long entry, Scratch scratch) {
        int length = SlotLayout.HEADER_BYTES + IndexEntry.lengthBytes(entry);
        arena.copyOut(IndexEntry.address(entry), scratch.slot(), SlotLayout.SCRATCH_SLOT, length);
    }

    /** Copies a slot from the scratch to where it is to be. */
    void copySlotIn(long address, long entry, Scratch scratch) {
        int length = SlotLayout.HEADER_BYTES + IndexEntry.lengthBytes(entry);
        arena.copyIn(address, scratch.slot(), SlotLayout.SCRATCH_SLOT, length);
    }

    /**
     * Restores a block with a slot of its own that was copied to the scratch.
     *
     * @throws StoreException {@link Reason#DAMAGED}
     */
    void restore(Scratch scratch, long block, long entry, ByteBuffer target, int targetIndex) throws StoreException {
        if (!scratch.isIntact(block, entry) || !scratch.decode(entry, target, targetIndex)) {
            throw damaged(block);
        }
    }

    /** Whether the scratch holds the whole group of a block, as it is now. */
    boolean holdsAll(Scratch scratch, long block, long entry, long changes) {
        return scratch.holdsGroup(window.firstOf(block), entry, changes)
                && scratch.heldBytes() == IndexEntry.count(entry) * blockBytes;
    }

    /** Restores the whole group of a block from the slot that was copied to the scratch. */
    void restoreGroup(Scratch scratch, long block, long entry, long changes) throws StoreException {
        restoreGroup(scratch, block, entry, changes, IndexEntry.count(entry) * blockBytes);
    }

    /**
     * Restores the beginning of the group of a block.
     *
     * @param bytes of the group that are wanted at least
     */
    void restoreGroup(Scratch scratch, long block, long entry, long changes, int bytes) throws StoreException {
        if (!scratch.decodeGroup(window.firstOf(block), entry, changes, bytes)) {
            throw damaged(block);
        }
    }

    /**
     * Puts what {@link Scratch#encode} has made in the place of a block. The caller holds the stripe.
     *
     * @return false when there is no room; the block is then as it was
     */
    boolean publish(Stripe stripe, Scratch scratch, long block, long before, long draft, Purpose purpose) {
        if (!index.ensureLeaf(block, purpose)) {
            return false;
        }
        long entry = draft;
        if (IndexEntry.hasSlot(draft)) {
            long address = arena.allocate(SlotLayout.granules(draft), purpose);
            if (address == Arena.NO_ROOM) {
                return false;
            }
            copySlotIn(address, draft, scratch);
            entry = IndexEntry.at(draft, address);
        }
        replace(stripe, block, before, entry);
        return true;
    }

    /** The one place where a block changes: the new entry is there before the old slot can be used again. */
    void replace(Stripe stripe, long block, long before, long after) {
        index.put(block, after);
        VarHandle.fullFence();
        stripe.count(before, after);
        if (!IndexEntry.isGroup(before) || !window.holdsMember(block, IndexEntry.address(before))) {
            freeSlot(before);
        }
    }

    private void freeSlot(long entry) {
        if (IndexEntry.hasSlot(entry)) {
            arena.free(IndexEntry.address(entry), SlotLayout.granules(entry));
        }
    }

    /** Makes all blocks of a leaf holes. The caller holds the stripe. */
    void dropLeaf(Stripe stripe, Scratch scratch, long leaf, long first, long end) throws IOException {
        long[] entries = scratch.leafEntries();
        int count = (int) (end - first);
        index.readLeaf(leaf, entries);
        index.dropLeaf(leaf);
        VarHandle.fullFence();
        for (int i = 0; i < count; i++) {
            stripe.count(entries[i], IndexEntry.HOLE);
            if (window.isFirstToName(entries, i)) {
                freeSlot(entries[i]);
            }
        }
    }

    /** Gives the leaf back if all its blocks are holes. */
    void dropLeafIfEmpty(long leaf) throws IOException {
        Stripe stripe = stripeOf(leaf);
        stripe.lockOpen();
        try {
            long first = leaf << BlockIndex.LEAF_SHIFT;
            for (long block = first; block < first + BlockIndex.LEAF_BLOCKS; block++) {
                if (index.get(block) != IndexEntry.HOLE) {
                    return;
                }
            }
            if (index.hasLeaf(leaf)) {
                index.dropLeaf(leaf);
            }
        } finally {
            stripe.unlock();
        }
    }

    private static StoreException damaged(long block) {
        return new StoreException(Reason.DAMAGED, "block " + block + " is not what was written");
    }
}
