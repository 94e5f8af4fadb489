// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.insight;

import java.util.Map;

/**
 * The past of a volume in equal steps, oldest first. All rows have the same length; what a volume does not have (latency
 * of a tmpfs) is an empty row. Amounts of a step are those at its end.
 *
 * @param volume name of a disk, mount point or device
 * @param endMillis wall clock at the end of the last step, milliseconds since the epoch
 * @param stepMillis length of a step
 * @param logicalBytes in use; {@link #UNKNOWN} in every row of amounts where the engine was not there, or slept
 * @param storedBytes after compression
 * @param residentBytes what it costs
 * @param limitBytes cap on {@code residentBytes}; {@link #UNKNOWN} for none
 * @param read what was read in each step
 * @param write what was written in each step
 * @param latencies by command, since the engine serves the disk; empty for other volumes
 */
public record VolumeHistory(
        String volume,
        long endMillis,
        long stepMillis,
        Series logicalBytes,
        Series storedBytes,
        Series residentBytes,
        Series limitBytes,
        Traffic read,
        Traffic write,
        Map<String, Latency> latencies) {
    /** Stands where there is no number. */
    public static final long UNKNOWN = -1;

    public VolumeHistory {
        latencies = latencies == null ? Map.of() : Map.copyOf(latencies);
    }

    /**
     * One direction. Rows are empty for volumes whose traffic the kernel does not tell.
     *
     * @param bytes moved in each step
     * @param operations in each step
     * @param p50Nanos latency in each step, 0 where there was no operation; see {@link Latency}
     */
    public record Traffic(Series bytes, Series operations, Series p50Nanos, Series p99Nanos, Series p999Nanos) {
        public static final Traffic NONE =
                new Traffic(Series.EMPTY, Series.EMPTY, Series.EMPTY, Series.EMPTY, Series.EMPTY);
    }

    /** Number of steps. */
    public int size() {
        return logicalBytes.size();
    }

    /** Whether the engine knows this step. */
    public boolean isKnown(int step) {
        return logicalBytes.get(step) != UNKNOWN;
    }

    /** Wall clock at the end of a step, milliseconds since the epoch. */
    public long timeMillis(int step) {
        return endMillis - (size() - 1L - step) * stepMillis;
    }

    /** Units a second in a step. */
    public double perSecond(Series row, int step) {
        return row.get(step) * 1000.0 / stepMillis;
    }
}
