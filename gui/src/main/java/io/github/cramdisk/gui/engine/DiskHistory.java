// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.engine;

import java.util.EnumMap;
import java.util.Map;

/**
 * The recent past of one disk: a fixed ring of points, oldest first. Times are wall clock milliseconds, amounts are
 * bytes; read and written are counters since the engine started, so they fall when it restarts.
 */
public final class DiskHistory {
    /** Fifteen minutes and a point more, so that the oldest line reaches the edge. */
    static final int CAPACITY = 15 * 60 * EngineLink.HERTZ + 1;

    /** What is kept of a point. */
    public enum Series {
        TIME,
        LOGICAL,
        STORED,
        RESIDENT,
        READ,
        WRITTEN
    }

    private final Map<Series, long[]> rings = new EnumMap<>(Series.class);
    private int start;
    private int size;

    void add(long timeMillis, long logical, long stored, long resident, long read, long written) {
        int slot = (start + size) % CAPACITY;
        if (size == CAPACITY) {
            start = (start + 1) % CAPACITY;
        } else {
            size++;
        }
        ring(Series.TIME)[slot] = timeMillis;
        ring(Series.LOGICAL)[slot] = logical;
        ring(Series.STORED)[slot] = stored;
        ring(Series.RESIDENT)[slot] = resident;
        ring(Series.READ)[slot] = read;
        ring(Series.WRITTEN)[slot] = written;
    }

    private long[] ring(Series series) {
        return rings.computeIfAbsent(series, unused -> new long[CAPACITY]);
    }

    public int size() {
        return size;
    }

    /** Point {@code index}, 0 the oldest. */
    public long get(Series series, int index) {
        return ring(series)[(start + index) % CAPACITY];
    }

    /** Index of the first point not older than {@code timeMillis}; {@link #size} where there is none. */
    public int firstSince(long timeMillis) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(Series.TIME, middle) < timeMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Bytes a second of a counter over the last {@code millis}; 0 before there are two points. */
    public double rate(Series counter, long millis) {
        if (size < 2) {
            return 0;
        }
        long now = get(Series.TIME, size - 1);
        int from = Math.min(firstSince(now - millis), size - 2);
        long elapsed = now - get(Series.TIME, from);
        return elapsed <= 0 ? 0 : grown(counter, from, size - 1) * 1000.0 / elapsed;
    }

    /** How much a counter grew in each of {@code count} equal spans that end at the latest point. */
    public double[] growth(Series counter, long millis, int count) {
        double[] spans = new double[count];
        if (size < 2) {
            return spans;
        }
        long end = get(Series.TIME, size - 1);
        // Spans are cut at multiples of their length, so that a line of them moves and does not shimmer.
        long span = Math.max(1, millis / count);
        long lastSpan = end / span;
        for (int i = Math.max(1, firstSince(end - millis)); i < size; i++) {
            int index = (int) (count - 1 - (lastSpan - get(Series.TIME, i) / span));
            if (index >= 0) {
                spans[index] += grown(counter, i - 1, i);
            }
        }
        return spans;
    }

    private long grown(Series counter, int from, int to) {
        long sum = 0;
        for (int i = from + 1; i <= to; i++) {
            sum += Math.max(0, get(counter, i) - get(counter, i - 1));
        }
        return sum;
    }
}
