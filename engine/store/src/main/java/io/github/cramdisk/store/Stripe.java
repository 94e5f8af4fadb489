// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.index.IndexEntry;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of every leaf whose number falls on this stripe, and the counts of their blocks. All fields are guarded by the
 * lock itself, so that counting costs no atomic operation.
 */
final class Stripe extends ReentrantLock {
    private static final long serialVersionUID = 1;

    /** Buckets of the histogram of stored sizes. */
    static final int BUCKETS = 16;

    private final int bucketShift;
    private final long[] histogram = new long[BUCKETS];
    private final long[] makers = new long[IndexEntry.MAKERS];
    private long zero;
    private long sameFilled;
    private long raw;
    private long compressed;
    private long squeezed;
    private long storedBytes;
    private long changes;
    private boolean closed;

    Stripe(int blockBytes) {
        this.bucketShift = Integer.numberOfTrailingZeros(blockBytes / BUCKETS);
    }

    /** Takes the lock of an open store. */
    void lockOpen() throws StoreException {
        lock();
        if (closed) {
            unlock();
            throw new StoreException(Reason.CLOSED, "the disk was closed");
        }
    }

    /** No {@link #lockOpen} succeeds from now on. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** A block changes from one entry to another. */
    void count(long before, long after) {
        changes++;
        count(before, -1);
        count(after, 1);
    }

    /** How often a block has changed; while it stays the same, so do all slots. */
    long changes() {
        return changes;
    }

    void clearCounts() {
        changes++;
        Arrays.fill(histogram, 0);
        Arrays.fill(makers, 0);
        zero = 0;
        sameFilled = 0;
        raw = 0;
        compressed = 0;
        squeezed = 0;
        storedBytes = 0;
    }

    private void count(long entry, int sign) {
        switch (IndexEntry.kind(entry)) {
            case IndexEntry.KIND_HOLE -> {}
            case IndexEntry.KIND_SAME -> {
                if (IndexEntry.pattern(entry) == 0) {
                    zero += sign;
                } else {
                    sameFilled += sign;
                }
            }
            case IndexEntry.KIND_RAW -> {
                raw += sign;
                makers[IndexEntry.maker(entry)] += sign;
                countSlot(entry, sign);
            }
            default -> {
                if (IndexEntry.isSqueezed(entry)) {
                    squeezed += sign;
                } else {
                    compressed += sign;
                    makers[IndexEntry.maker(entry)] += sign;
                }
                countSlot(entry, sign);
            }
        }
    }

    private void countSlot(long entry, int sign) {
        int length = IndexEntry.storedBytes(entry);
        storedBytes += (long) sign * length;
        histogram[(length - 1) >>> bucketShift] += sign;
    }

    /** Adds the counts of this stripe to a sum. */
    void addTo(Sum sum) {
        lock();
        try {
            sum.zero += zero;
            sum.sameFilled += sameFilled;
            sum.raw += raw;
            sum.compressed += compressed;
            sum.squeezed += squeezed;
            sum.storedBytes += storedBytes;
            for (int i = 0; i < BUCKETS; i++) {
                sum.histogram[i] += histogram[i];
            }
            for (int i = 0; i < makers.length; i++) {
                sum.makers[i] += makers[i];
            }
        } finally {
            unlock();
        }
    }

    /** The counts of several stripes together. */
    static final class Sum {
        long zero;
        long sameFilled;
        long raw;
        long compressed;
        long squeezed;
        long storedBytes;
        final long[] histogram = new long[BUCKETS];
        /** Raw and compressed blocks, by {@link IndexEntry#maker}. */
        final long[] makers = new long[IndexEntry.MAKERS];

        long blocks() {
            return zero + sameFilled + raw + compressed + squeezed;
        }

        /** Blocks of which {@link IndexEntry#isOfOtherMaker} is true. */
        long blocksOfOtherMaker(int maker) {
            return raw + compressed - makers[maker];
        }
    }
}
