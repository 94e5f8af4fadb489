// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.insight;

import io.github.cramdisk.api.insight.Series;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.nbd.LatencyHistogram;
import java.util.Arrays;

/**
 * The past of one volume in equal steps: fixed arrays, written round and round. Step {@code n} covers the seconds from
 * {@code n * stepSeconds} on. Not thread-safe; {@link VolumePast} guards it.
 */
final class Ring {
    /** How many numbers are kept of a step. */
    private static final int AMOUNTS = 4;

    private static final int DIRECTIONS = 2;
    private static final double[] SHARES = {0.5, 0.99, 0.999};

    private final int stepSeconds;
    private final int capacity;
    /** Logical, stored, resident, limit. */
    private final long[][] amounts;
    /** By direction; empty for a volume without traffic. */
    private final long[][] bytes;

    private final long[][] operations;
    /** By direction and percentile, in nanoseconds; a float is right to a ten-millionth. */
    private final float[][] percentiles;
    /** Latencies of the step under way, by direction. */
    private final int[][] running;

    private long first = -1;
    private long last = -1;

    Ring(int stepSeconds, int capacity, boolean traffic) {
        this.stepSeconds = stepSeconds;
        this.capacity = capacity;
        this.amounts = new long[AMOUNTS][capacity];
        int directions = traffic ? DIRECTIONS : 0;
        this.bytes = new long[directions][capacity];
        this.operations = new long[directions][capacity];
        this.percentiles = new float[directions * SHARES.length][capacity];
        this.running = new int[directions][LatencyHistogram.BUCKETS];
    }

    int stepSeconds() {
        return stepSeconds;
    }

    boolean reaches(long spanSeconds) {
        return (capacity - 1L) * stepSeconds >= spanSeconds;
    }

    /** Adds what is true at a second, and what happened in it. Seconds never go backwards. */
    void add(long second, Sample now, long[] movedBytes, long[] movedOperations) {
        enter(second / stepSeconds);
        int slot = slot(last);
        amounts[0][slot] = now.logicalBytes();
        amounts[1][slot] = now.storedBytes();
        amounts[2][slot] = now.residentBytes();
        amounts[3][slot] = now.limitBytes();
        for (int direction = 0; direction < bytes.length; direction++) {
            bytes[direction][slot] += movedBytes[direction];
            operations[direction][slot] += movedOperations[direction];
        }
    }

    /** Adds latencies to the step of the last {@link #add}. */
    void addLatencies(int direction, long[] counts) {
        int[] sum = running[direction];
        boolean any = false;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                sum[i] += (int) counts[i];
                any = true;
            }
        }
        if (any) {
            keepPercentiles(direction);
        }
    }

    private void keepPercentiles(int direction) {
        long[] counts = Arrays.stream(running[direction]).asLongStream().toArray();
        for (int i = 0; i < SHARES.length; i++) {
            percentiles[direction * SHARES.length + i][slot(last)] = LatencyHistogram.percentile(counts, SHARES[i]);
        }
    }

    /** Goes on to a step; those that were missed are unknown. */
    private void enter(long step) {
        if (step == last) {
            return;
        }
        if (first < 0) {
            first = step;
            last = step - 1;
        }
        for (long missed = Math.max(last + 1, step - capacity); missed <= step; missed++) {
            int slot = slot(missed);
            for (long[] row : amounts) {
                row[slot] = VolumeHistory.UNKNOWN;
            }
            for (long[] row : bytes) {
                row[slot] = 0;
            }
            for (long[] row : operations) {
                row[slot] = 0;
            }
            for (float[] row : percentiles) {
                row[slot] = 0;
            }
        }
        for (int[] row : running) {
            Arrays.fill(row, 0);
        }
        last = step;
        first = Math.max(first, last - capacity + 1);
    }

    private int slot(long step) {
        return (int) (step % capacity);
    }

    /** Second at which the last step ends, if it is over. */
    long endSecond() {
        return (last + 1) * stepSeconds;
    }

    /** How many steps there are of the last {@code spanSeconds}, and one before, so that a curve comes in from outside. */
    int stepsOf(long spanSeconds) {
        return first < 0 ? 0 : (int) Math.min(last - first + 1, (spanSeconds + stepSeconds - 1) / stepSeconds + 1);
    }

    Series amount(int index, int steps) {
        return row(amounts[index], steps, 1);
    }

    /**
     * @param elapsed share of the last step that has passed; what moved in it is projected to the whole
     */
    VolumeHistory.Traffic traffic(int direction, int steps, double elapsed) {
        if (direction >= bytes.length) {
            return VolumeHistory.Traffic.NONE;
        }
        return new VolumeHistory.Traffic(
                row(bytes[direction], steps, elapsed),
                row(operations[direction], steps, elapsed),
                percentile(direction, 0, steps),
                percentile(direction, 1, steps),
                percentile(direction, 2, steps));
    }

    private Series row(long[] values, int steps, double elapsed) {
        long[] row = new long[steps];
        for (int i = 0; i < steps; i++) {
            row[i] = values[slot(last - steps + 1 + i)];
        }
        if (steps > 0 && elapsed < 1) {
            row[steps - 1] = Math.round(row[steps - 1] / elapsed);
        }
        return Series.of(row);
    }

    private Series percentile(int direction, int index, int steps) {
        float[] values = percentiles[direction * SHARES.length + index];
        long[] row = new long[steps];
        for (int i = 0; i < steps; i++) {
            row[i] = (long) values[slot(last - steps + 1 + i)];
        }
        return Series.of(row);
    }
}
