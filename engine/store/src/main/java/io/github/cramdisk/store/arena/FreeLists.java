// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

/**
 * Free slots by exact size, linked through their own first 8 bytes, so that they cost nothing. Derived: never read from
 * a file that another engine left.
 *
 * <pre>
 *  free slot   0               8                 size
 *              | next, or END  | (old contents)  |
 * </pre>
 *
 * <p>Not thread-safe; guarded by the allocator's lock, but for chains that were {@linkplain #detach detached}, which
 * belong to the caller.
 */
final class FreeLists {
    static final long END = -1;

    private final ArenaMapping memory;
    private final long[] heads;
    private final long[] nonEmpty;
    private long freeGranules;

    /**
     * @param maxGranules largest size kept
     */
    FreeLists(ArenaMapping memory, int maxGranules) {
        this.memory = memory;
        this.heads = new long[maxGranules + 1];
        this.nonEmpty = new long[(maxGranules >>> 6) + 1];
        clear();
    }

    void clear() {
        java.util.Arrays.fill(heads, END);
        java.util.Arrays.fill(nonEmpty, 0);
        freeGranules = 0;
    }

    int maxGranules() {
        return heads.length - 1;
    }

    /** Granules in all lists. */
    long freeGranules() {
        return freeGranules;
    }

    void push(long address, int granules) {
        setNext(address, heads[granules]);
        heads[granules] = address;
        nonEmpty[granules >>> 6] |= 1L << granules;
        freeGranules += granules;
    }

    /** Takes a slot of exactly this size, or answers {@link #END}. */
    long pop(int granules) {
        long address = heads[granules];
        if (address != END) {
            setHead(granules, next(address));
            freeGranules -= granules;
        }
        return address;
    }

    /** Smallest size of at least {@code granules} that has a slot, or -1. */
    int atLeast(int granules) {
        int word = granules >>> 6;
        if (word >= nonEmpty.length) {
            return -1;
        }
        long bits = nonEmpty[word] & (-1L << granules);
        while (bits == 0) {
            if (++word == nonEmpty.length) {
                return -1;
            }
            bits = nonEmpty[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /** Takes a whole list out; the caller walks it with {@link #next}. */
    long detach(int granules) {
        long head = heads[granules];
        setHead(granules, END);
        return head;
    }

    /** Puts a chain of slots back that {@link #detach} took out. */
    void attach(int granules, long head, long tail) {
        setNext(tail, heads[granules]);
        setHead(granules, head);
    }

    /** Tells that slots of a detached chain will not come back. */
    void forget(long granules) {
        freeGranules -= granules;
    }

    long next(long address) {
        return memory.getLong(address << Arena.GRANULE_SHIFT);
    }

    void setNext(long address, long next) {
        memory.putLong(address << Arena.GRANULE_SHIFT, next);
    }

    private void setHead(int granules, long address) {
        heads[granules] = address;
        long bit = 1L << granules;
        int word = granules >>> 6;
        nonEmpty[word] = address == END ? nonEmpty[word] & ~bit : nonEmpty[word] | bit;
    }
}
