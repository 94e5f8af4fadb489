// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;

/**
 * The neighbours of a block that may share a group with it: the blocks of one aligned window of at most 64 KiB. A window
 * never crosses the border of an index leaf, so that one stripe guards all its entries.
 *
 * <p>Who belongs to a group is nowhere written down: its members are the entries of the window that name its slot.
 */
final class GroupWindow {
    private final BlockIndex index;
    private final int size;

    GroupWindow(BlockIndex index, int blockBytes) {
        this.index = index;
        this.size = IndexEntry.maxGroupBlocks(blockBytes);
    }

    /** Blocks in a window, 1 to {@link IndexEntry#MAX_GROUP_BLOCKS}. */
    int size() {
        return size;
    }

    /** First block of the window of a block. */
    long firstOf(long block) {
        return block & -size;
    }

    /** Whether a block of the window is a member of the group whose slot has this address. The caller holds the stripe. */
    boolean holdsMember(long block, long address) {
        long first = firstOf(block);
        for (long other = first; other < first + size; other++) {
            if (isMember(index.get(other), address)) {
                return true;
            }
        }
        return false;
    }

    static boolean isMember(long entry, long address) {
        return IndexEntry.isGroup(entry) && IndexEntry.address(entry) == address;
    }

    /**
     * Whether an entry is the first of its window that names this slot; true for each slot that is not shared.
     *
     * @param entries of a whole leaf
     * @param i which one
     */
    boolean isFirstToName(long[] entries, int i) {
        if (IndexEntry.isGroup(entries[i])) {
            for (int j = i & -size; j < i; j++) {
                if (isMember(entries[j], IndexEntry.address(entries[i]))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether an entry of a leaf agrees with all others that name the same slot: same length and count, other position. */
    boolean agreesWithOthers(long[] entries, int i) {
        long entry = entries[i];
        if (!IndexEntry.isGroup(entry)) {
            return true;
        }
        for (int j = i & -size; j < i; j++) {
            if (isMember(entries[j], IndexEntry.address(entry))
                    && (IndexEntry.lengthBytes(entries[j]) != IndexEntry.lengthBytes(entry)
                            || IndexEntry.count(entries[j]) != IndexEntry.count(entry)
                            || IndexEntry.position(entries[j]) == IndexEntry.position(entry))) {
                return false;
            }
        }
        return true;
    }
}
