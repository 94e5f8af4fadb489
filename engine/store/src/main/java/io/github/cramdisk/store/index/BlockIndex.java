// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.index;

import io.github.cramdisk.store.arena.ArenaMapping;
import io.github.cramdisk.store.arena.MemoryBudget;
import io.github.cramdisk.store.arena.Purpose;
import java.io.IOException;

/**
 * The table from block number to {@link IndexEntry}, in a sparse file: the only truth about a disk.
 *
 * <p>Two levels: a bitmap in memory tells which leaves are there, and a leaf is a page of the file with the entries of 512
 * blocks. A leaf is allocated before its first entry is written and given back when all its blocks are trimmed, so
 * untouched ranges of any size cost nothing.
 *
 * <pre>
 *  index file  0          8 KiB            64 KiB     68 KiB     72 KiB
 *              | header   | unused         | leaf 0   | leaf 1   | ...     8 bytes a block, 512 blocks a leaf
 * </pre>
 *
 * <p>Threads: an entry is read and written under the lock of its leaf's stripe; entries of a leaf that is not there
 * ({@link #hasLeaf}) are never touched. Only {@link #nextLeaf} and {@link #hasLeaf} need no lock.
 */
public final class BlockIndex {
    public static final int LEAF_SHIFT = 9;
    /** Blocks in a leaf. */
    public static final int LEAF_BLOCKS = 1 << LEAF_SHIFT;
    /** Bytes of a leaf: a page. */
    public static final int LEAF_BYTES = LEAF_BLOCKS * Long.BYTES;

    /** Where the leaves begin in the file. */
    static final long LEAVES_OFFSET = 64 << 10;

    private static final int ENTRY_SHIFT = 3;

    private final ArenaMapping memory;
    private final MemoryBudget budget;
    private final LeafBitmap present;
    private final long leaves;

    /**
     * @param blocks number of blocks of the disk
     */
    public BlockIndex(ArenaMapping memory, MemoryBudget budget, long blocks) {
        this.memory = memory;
        this.budget = budget;
        this.leaves = (blocks + LEAF_BLOCKS - 1) >>> LEAF_SHIFT;
        this.present = new LeafBitmap(leaves);
    }

    /** Size of the largest index file for a number of blocks. */
    public static long maxFileBytes(long blocks) {
        return LEAVES_OFFSET + ((blocks + LEAF_BLOCKS - 1) >>> LEAF_SHIFT) * LEAF_BYTES;
    }

    public static long leafOf(long block) {
        return block >>> LEAF_SHIFT;
    }

    /** Number of leaves that the disk can have. */
    public long leaves() {
        return leaves;
    }

    public boolean hasLeaf(long leaf) {
        return present.get(leaf);
    }

    /** First leaf at or after this one that is there, or {@link #leaves()}. */
    public long nextLeaf(long leaf) {
        return present.next(leaf);
    }

    /** Entry of a block; a hole where there is no leaf. */
    public long get(long block) {
        return present.get(leafOf(block)) ? memory.getLongAcquire(offsetOf(block)) : IndexEntry.HOLE;
    }

    /**
     * Copies the entries of a leaf that is there, all at once: much faster than one by one before the code is compiled,
     * as when a store is opened.
     *
     * @param entries {@link #LEAF_BLOCKS} of them
     */
    public void readLeaf(long leaf, long[] entries) {
        memory.getLongs(offsetOfLeaf(leaf), entries);
    }

    /** Publishes an entry with one store. The leaf must be there. */
    public void put(long block, long entry) {
        memory.putLongRelease(offsetOf(block), entry);
    }

    /**
     * Makes sure that the leaf of a block is there.
     *
     * @return false when there is no memory for it
     */
    public boolean ensureLeaf(long block, Purpose purpose) {
        long leaf = leafOf(block);
        if (present.get(leaf)) {
            return true;
        }
        if (!budget.take(LEAF_BYTES, purpose)) {
            return false;
        }
        if (!memory.allocate(offsetOfLeaf(leaf), LEAF_BYTES)) {
            budget.giveForWantOfTmpfs(LEAF_BYTES);
            return false;
        }
        present.set(leaf);
        return true;
    }

    /** Gives a leaf back; all its blocks become holes. */
    public void dropLeaf(long leaf) throws IOException {
        memory.release(offsetOfLeaf(leaf), LEAF_BYTES);
        present.clear(leaf);
        budget.give(LEAF_BYTES);
    }

    /** Gives all leaves back. */
    public void clear() throws IOException {
        long count = present.cardinality();
        memory.releaseFrom(LEAVES_OFFSET);
        present.clearAll();
        budget.give(count * LEAF_BYTES);
    }

    /**
     * Finds the leaves that an earlier engine left in the file. A leaf that was allocated but never written does not show
     * as data; the memory of such is given back.
     */
    public void restore() throws IOException {
        long end = LEAVES_OFFSET + leaves * LEAF_BYTES;
        long hole = LEAVES_OFFSET;
        while (hole < end) {
            long data = memory.nextData(hole);
            if (data < 0 || data >= end) {
                memory.releaseFrom(hole);
                return;
            }
            if (data > hole) {
                memory.release(hole, data - hole);
            }
            hole = Math.min(memory.nextHole(data), end);
            for (long leaf = leafAt(data); leaf <= leafAt(hole - 1); leaf++) {
                present.set(leaf);
                budget.adopt(LEAF_BYTES);
            }
        }
    }

    private static long leafAt(long offset) {
        return (offset - LEAVES_OFFSET) / LEAF_BYTES;
    }

    private static long offsetOfLeaf(long leaf) {
        return LEAVES_OFFSET + leaf * LEAF_BYTES;
    }

    private static long offsetOf(long block) {
        return LEAVES_OFFSET + (block << ENTRY_SHIFT);
    }
}
