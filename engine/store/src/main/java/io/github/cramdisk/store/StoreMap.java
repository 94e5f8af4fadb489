// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/**
 * How a range of a store is used, in cells of equal length. Not changed once it was handed out; not thread-safe before.
 * Cells are right by themselves, not together: writes go on while the index is read.
 */
public final class StoreMap {
    private final long[] used;
    private final long[] free;
    private final long[] raw;
    private final long[] squeezed;
    private final long[] stored;
    private boolean sampled;

    StoreMap(int cells) {
        used = new long[cells];
        free = new long[cells];
        raw = new long[cells];
        squeezed = new long[cells];
        stored = new long[cells];
    }

    void markSampled() {
        sampled = true;
    }

    /** Adds a block to a cell, as if there were {@code times} of it. */
    void add(int cell, StoredAs kind, int storedBytes, long times) {
        used[cell] += times;
        switch (kind) {
            case NOTHING -> free[cell] += times;
            case RAW -> raw[cell] += times;
            case SQUEEZED -> squeezed[cell] += times;
            case COMPRESSED -> {}
        }
        stored[cell] += storedBytes * times;
    }

    /** What a used block takes. */
    enum StoredAs {
        NOTHING,
        COMPRESSED,
        SQUEEZED,
        RAW
    }

    /** Number of cells. */
    public int cells() {
        return used.length;
    }

    /** Whether only a part of a large index was read, and numbers are estimates. */
    public boolean sampled() {
        return sampled;
    }

    /** Blocks written and not trimmed since, cell by cell. */
    public long[] usedBlocks() {
        return used.clone();
    }

    /** Those of them without a slot. */
    public long[] freeBlocks() {
        return free.clone();
    }

    /** Those of them stored as they are. */
    public long[] rawBlocks() {
        return raw.clone();
    }

    /** Those of them that were squeezed together with their neighbours. */
    public long[] squeezedBlocks() {
        return squeezed.clone();
    }

    /** Bytes they are stored in, headers and rounding apart. */
    public long[] storedBytes() {
        return stored.clone();
    }
}
