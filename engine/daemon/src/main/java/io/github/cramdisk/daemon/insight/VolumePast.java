// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.insight;

import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.api.insight.Latency;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.nbd.CommandCounters;
import io.github.cramdisk.nbd.LatencyHistogram;
import io.github.cramdisk.nbd.NbdCommand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The past of one volume at four resolutions, in arrays of fixed size: about 100 KiB for a disk, 30 KiB for a volume without
 * traffic. Thread-safe.
 */
final class VolumePast {
    /** A sample that comes later than this after the one before leaves a gap. */
    private static final int GAP_SECONDS = 8;

    private static final int STEP_MILLIS = 1000;
    private static final NbdCommand[] DIRECTIONS = {NbdCommand.READ, NbdCommand.WRITE};

    private final String volume;
    /** A minute, a quarter of an hour, an hour, a day, and a little more. */
    private final List<Ring> rings;

    private final long[][] countsBefore = new long[DIRECTIONS.length][LatencyHistogram.BUCKETS];
    private final long[] counts = new long[LatencyHistogram.BUCKETS];
    private @Nullable Sample before;
    private @Nullable CommandCounters counters;
    private long secondBefore;

    /** @param traffic whether reads and writes of the volume are counted */
    VolumePast(String volume, boolean traffic) {
        this.volume = volume;
        this.rings = List.of(
                new Ring(1, 90, traffic),
                new Ring(5, 186, traffic),
                new Ring(15, 246, traffic),
                new Ring(300, 292, traffic));
    }

    /**
     * Adds a sample.
     *
     * @param second on a clock that never goes backwards
     * @param commands of the disk's export now; null where there are none
     */
    synchronized void add(long second, Sample now, @Nullable CommandCounters commands) {
        Sample earlier = before;
        boolean follows = earlier != null && second > secondBefore && second - secondBefore <= GAP_SECONDS;
        int seconds = follows ? (int) (second - secondBefore) : 1;
        long[] bytes = new long[DIRECTIONS.length];
        long[] operations = new long[DIRECTIONS.length];
        if (earlier != null) {
            bytes[0] = grown(earlier.read().bytes(), now.read().bytes()) / seconds;
            bytes[1] = grown(earlier.write().bytes(), now.write().bytes()) / seconds;
            operations[0] = grown(operations(earlier.read()), operations(now.read())) / seconds;
            operations[1] = grown(operations(earlier.write()), operations(now.write())) / seconds;
        }
        for (int i = seconds - 1; i >= 0; i--) {
            for (Ring ring : rings) {
                ring.add(second - i, now, bytes, operations);
            }
        }
        addLatencies(commands, earlier != null);
        before = now;
        secondBefore = second;
    }

    private static long operations(CommandCounts counts) {
        return counts.operations();
    }

    /** Counters begin anew with a disk's export. */
    private static long grown(long from, long to) {
        return to >= from ? to - from : to;
    }

    private void addLatencies(@Nullable CommandCounters commands, boolean count) {
        boolean same = commands == counters;
        for (int i = 0; commands != null && i < DIRECTIONS.length; i++) {
            LatencyHistogram histogram = commands.latencies(DIRECTIONS[i]);
            if (histogram == null) {
                java.util.Arrays.fill(countsBefore[i], 0);
                continue;
            }
            histogram.copyTo(counts);
            for (int bucket = 0; bucket < counts.length; bucket++) {
                long total = counts[bucket];
                counts[bucket] = same ? total - countsBefore[i][bucket] : total;
                countsBefore[i][bucket] = total;
            }
            if (count) {
                for (Ring ring : rings) {
                    ring.addLatencies(i, counts);
                }
            }
        }
        counters = commands;
    }

    /** @param nowMillis wall clock that goes with {@code nowSecond} */
    synchronized VolumeHistory history(long spanSeconds, long nowSecond, long nowMillis) {
        Ring ring = rings.stream()
                .filter(each -> each.reaches(spanSeconds))
                .findFirst()
                .orElse(rings.get(rings.size() - 1));
        int steps = ring.stepsOf(spanSeconds);
        long left = Math.max(0, ring.endSecond() - 1 - secondBefore);
        double elapsed = 1 - (double) left / ring.stepSeconds();
        long stepMillis = (long) ring.stepSeconds() * STEP_MILLIS;
        return new VolumeHistory(
                volume,
                before == null ? nowMillis : nowMillis - (nowSecond - secondBefore) * STEP_MILLIS,
                stepMillis,
                ring.amount(0, steps),
                ring.amount(1, steps),
                ring.amount(2, steps),
                ring.amount(3, steps),
                ring.traffic(0, steps, elapsed),
                ring.traffic(1, steps, elapsed),
                latencies(counters));
    }

    private static Map<String, Latency> latencies(@Nullable CommandCounters commands) {
        Map<String, Latency> all = new TreeMap<>();
        for (NbdCommand command : NbdCommand.values()) {
            LatencyHistogram histogram = commands == null ? null : commands.latencies(command);
            if (histogram != null) {
                long[] counts = new long[LatencyHistogram.BUCKETS];
                histogram.copyTo(counts);
                all.put(
                        command.text(),
                        new Latency(
                                LatencyHistogram.total(counts),
                                LatencyHistogram.percentile(counts, 0.5),
                                LatencyHistogram.percentile(counts, 0.99),
                                LatencyHistogram.percentile(counts, 0.999)));
            }
        }
        return all;
    }
}
