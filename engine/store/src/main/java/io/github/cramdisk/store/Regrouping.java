// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.arena.Arena;
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

    private final Blocks blocks;
    private final GroupWindow window;
    private final int blockBytes;
    private final ByteBuffer plain = ByteBuffer.allocateDirect(IndexEntry.MAX_GROUP_BYTES);
    private final long[] entries;

    Regrouping(Blocks blocks, int blockBytes) {
        this.blocks = blocks;
        this.window = new GroupWindow(blocks.index(), blockBytes);
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
            if (!blocks.copyUnchanged(scratch, block, changes, plain, count * blockBytes)) {
                return 0;
            }
            count++;
        }
        long owner = count > 1 ? firstBlock : firstBlock + Integer.numberOfTrailingZeros(members);
        int length = scratch.encodeGroup(level, owner, count, plain);
        int granules = SlotLayout.granulesFor(length);
        int saved = granulesOf(members) - granules;
        if (saved <= 0 || length >= count * blockBytes) {
            blocks.settle(firstBlock, members, changes);
            return 0;
        }
        return blocks.publishGroup(scratch, firstBlock, members, length, changes)
                ? (long) saved << Arena.GRANULE_SHIFT
                : 0;
    }

    /** Takes the entries of the window; the changes of their stripe. */
    private long look(long firstBlock) throws StoreException {
        BlockIndex index = blocks.index();
        Stripe stripe = blocks.stripeOf(BlockIndex.leafOf(firstBlock));
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
}
