// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.arena.Purpose;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.nio.ByteBuffer;

/**
 * Squeezes the blocks of one window at a time: restores them, compresses them together, and puts the group in their place if
 * that saves memory and nothing has changed meanwhile. No lock is held while it restores and compresses.
 *
 * <p>Used by one thread at a time; owns 64 KiB.
 */
final class Regrouping {
    /**
     * A group that has lost more than one in so many of its members is made anew: what left it has slots of its own, and
     * with more of them a window would take more than if it had never been squeezed.
     */
    private static final int WORN_WHEN_LOST_ONE_IN = 4;
    /** So many blocks must have gone cold beside a group before it is made anew with them. */
    private static final int MIN_JOINING = 2;

    private final BlockTable table;
    private final BlockIndex index;
    private final GroupWindow window;
    private final int blockBytes;
    private final ByteBuffer plain = ByteBuffer.allocateDirect(IndexEntry.MAX_GROUP_BYTES);
    private final long[] entries;

    Regrouping(BlockTable table, int blockBytes) {
        this.table = table;
        this.index = table.index();
        this.window = table.window();
        this.blockBytes = blockBytes;
        this.entries = new long[window.size()];
    }

    int windowSize() {
        return window.size();
    }

    /**
     * Squeezes what is worth it in one window.
     *
     * @param minAge how old a block with a slot of its own must be
     * @return bytes by which slots in use have become smaller
     * @throws StoreException {@link StoreException.Reason#CLOSED}, or DAMAGED when a block of the window is; it stays as it is
     */
    long squeeze(Scratch scratch, long firstBlock, int level, int minAge) throws StoreException {
        long changes = look(firstBlock);
        int members = choose(minAge);
        if (members == 0) {
            return 0;
        }
        int count = 0;
        for (int rest = members; rest != 0; rest &= rest - 1) {
            long block = firstBlock + Integer.numberOfTrailingZeros(rest);
            if (!copyUnchanged(scratch, block, changes, plain, count * blockBytes)) {
                return 0;
            }
            count++;
        }
        long owner = count > 1 ? firstBlock : firstBlock + Integer.numberOfTrailingZeros(members);
        int length = scratch.encodeGroup(level, owner, count, plain);
        int granules = SlotLayout.granulesFor(length);
        int saved = granulesOf(members) - granules;
        if (saved <= 0 || length >= count * blockBytes) {
            settle(firstBlock, members, changes);
            return 0;
        }
        return publish(scratch, firstBlock, members, length, changes) ? (long) saved << Arena.GRANULE_SHIFT : 0;
    }

    /** Takes the entries of the window; the changes of their stripe. */
    private long look(long firstBlock) throws StoreException {
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(firstBlock));
        stripe.lockOpen();
        try {
            for (int i = 0; i < entries.length; i++) {
                entries[i] = index.get(firstBlock + i);
            }
            return stripe.changes();
        } finally {
            stripe.unlock();
        }
    }

    /** The blocks that are to become one group; none when it is not worth it. */
    private int choose(int minAge) {
        int cold = 0;
        int grouped = 0;
        boolean worn = false;
        for (int i = 0; i < entries.length; i++) {
            long entry = entries[i];
            if (IndexEntry.isGroup(entry)) {
                grouped |= 1 << i;
                int lost = IndexEntry.count(entry) - membersOf(IndexEntry.address(entry));
                worn |= lost * WORN_WHEN_LOST_ONE_IN > IndexEntry.count(entry);
            } else if (isCold(entry, minAge)) {
                cold |= 1 << i;
            }
        }
        if (grouped == 0) {
            return cold;
        }
        return worn || Integer.bitCount(cold) >= MIN_JOINING ? cold | grouped : 0;
    }

    /** Whether a block with a slot of its own may be squeezed. */
    static boolean isCold(long entry, int minAge) {
        int age = IndexEntry.age(entry);
        return IndexEntry.hasSlot(entry)
                && !IndexEntry.isGroup(entry)
                && age >= minAge
                && age != IndexEntry.AGE_SETTLED;
    }

    private int membersOf(long address) {
        int members = 0;
        for (long entry : entries) {
            if (GroupWindow.isMember(entry, address)) {
                members++;
            }
        }
        return members;
    }

    /** Granules that come free when these blocks leave their slots; all members of a group leave it together. */
    private int granulesOf(int members) {
        int granules = 0;
        for (int rest = members; rest != 0; rest &= rest - 1) {
            int i = Integer.numberOfTrailingZeros(rest);
            if (window.isFirstToName(entries, i)) {
                granules += SlotLayout.granules(entries[i]);
            }
        }
        return granules;
    }

    /**
     * Copies a block with a slot as the user sees it.
     *
     * @param changes of its stripe, read earlier
     * @return false when something in the stripe has changed since; nothing is copied then
     */
    private boolean copyUnchanged(Scratch scratch, long block, long changes, ByteBuffer target, int targetIndex)
            throws StoreException {
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(block));
        long entry;
        boolean decoded;
        stripe.lockOpen();
        try {
            if (stripe.changes() != changes) {
                return false;
            }
            entry = index.get(block);
            decoded = IndexEntry.isGroup(entry) && table.holdsAll(scratch, block, entry, changes);
            if (!decoded) {
                table.copySlotOut(entry, scratch);
            }
        } finally {
            stripe.unlock();
        }
        if (!IndexEntry.isGroup(entry)) {
            table.restore(scratch, block, entry, target, targetIndex);
            return true;
        }
        if (!decoded) {
            table.restoreGroup(scratch, block, entry, changes);
        }
        target.put(targetIndex, scratch.group(), IndexEntry.position(entry) * blockBytes, blockBytes);
        return true;
    }

    /**
     * Puts the group that {@link Scratch#encodeGroup} has made in the place of its members.
     *
     * @param members which blocks of the window, bit 0 the first
     * @param lengthBytes stored bytes of the group
     * @param changes of the stripe when the members were looked at
     * @return false when something has changed since, or there is no room; the blocks are then as they were
     */
    private boolean publish(Scratch scratch, long firstBlock, int members, int lengthBytes, long changes)
            throws StoreException {
        int count = Integer.bitCount(members);
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(firstBlock));
        stripe.lockOpen();
        try {
            if (stripe.changes() != changes) {
                return false;
            }
            long address = table.arena().allocate(SlotLayout.granulesFor(lengthBytes), Purpose.MOVE);
            if (address == Arena.NO_ROOM) {
                return false;
            }
            table.arena()
                    .copyIn(address, scratch.slot(), SlotLayout.SCRATCH_SLOT, SlotLayout.HEADER_BYTES + lengthBytes);
            int position = 0;
            for (int rest = members; rest != 0; rest &= rest - 1) {
                long block = firstBlock + Integer.numberOfTrailingZeros(rest);
                long entry = count > 1
                        ? IndexEntry.group(address, lengthBytes, position, count)
                        : IndexEntry.withMaker(
                                IndexEntry.withAge(
                                        IndexEntry.slot(IndexEntry.KIND_ZSTD, address, lengthBytes),
                                        IndexEntry.AGE_SETTLED),
                                IndexEntry.MADE_BY_SQUEEZER);
                table.replace(stripe, block, index.get(block), entry);
                position++;
            }
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /** Marks blocks with slots of their own as not worth squeezing, until they change; not when they have already. */
    private void settle(long firstBlock, int members, long changes) throws StoreException {
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(firstBlock));
        stripe.lockOpen();
        try {
            if (stripe.changes() != changes) {
                return;
            }
            for (int rest = members; rest != 0; rest &= rest - 1) {
                long block = firstBlock + Integer.numberOfTrailingZeros(rest);
                long entry = index.get(block);
                if (!IndexEntry.isGroup(entry)) {
                    index.put(block, IndexEntry.withAge(entry, IndexEntry.AGE_SETTLED));
                }
            }
        } finally {
            stripe.unlock();
        }
    }
}
