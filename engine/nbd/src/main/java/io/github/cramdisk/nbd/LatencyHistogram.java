// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of durations in log-linear buckets: 16 to each power of two, so a percentile is right to a sixteenth, from 64 ns
 * to five minutes; what is longer falls into the last one. Counting is one atomic addition, and makes no garbage. Any
 * thread may count and read.
 */
public final class LatencyHistogram {
    /** Number of buckets. */
    public static final int BUCKETS;

    private static final int SUB_BITS = 4;
    private static final int SUBS = 1 << SUB_BITS;
    /** Shorter than 64 ns nothing is that goes through a socket. */
    private static final int UNIT_SHIFT = 6;

    private static final long LONGEST_NANOS = 300_000_000_000L;

    static {
        BUCKETS = bucketOf(LONGEST_NANOS) + 1;
    }

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    void add(long nanos, long count) {
        counts.getAndAdd(bucketOf(nanos), count);
    }

    /** Copies the counts since the export was made; close to each other in time, not atomic. */
    public void copyTo(long[] target) {
        for (int i = 0; i < BUCKETS; i++) {
            target[i] = counts.getPlain(i);
        }
    }

    static int bucketOf(long nanos) {
        long units = Math.max(0, Math.min(nanos, LONGEST_NANOS)) >>> UNIT_SHIFT;
        if (units < SUBS) {
            return (int) units;
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - SUB_BITS;
        return (octave << SUB_BITS) + (int) (units >>> octave);
    }

    /** Middle of a bucket. */
    static long nanosOf(int bucket) {
        if (bucket < SUBS) {
            return ((long) bucket << UNIT_SHIFT) + (1L << (UNIT_SHIFT - 1));
        }
        int octave = (bucket >>> SUB_BITS) - 1;
        long units = (long) (bucket - (octave << SUB_BITS)) << octave;
        return (units << UNIT_SHIFT) + (1L << (octave + UNIT_SHIFT - 1));
    }

    /** How many durations are in such counts. */
    public static long total(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /**
     * The duration that a share of all does not exceed.
     *
     * @param counts as of {@link #copyTo}, or a sum or difference of such
     * @param share such as 0.99
     * @return nanoseconds; 0 where there are none
     */
    public static long percentile(long[] counts, double share) {
        long total = total(counts);
        long rank = Math.max(1, (long) Math.ceil(total * share));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && total > 0) {
                return nanosOf(i);
            }
        }
        return 0;
    }
}
