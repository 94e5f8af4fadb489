// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskStats.CommandCounts;

/** What a disk did between two moments, a second. */
record Throughput(
        double readBytesPerSecond,
        double writeBytesPerSecond,
        double readOperationsPerSecond,
        double writeOperationsPerSecond) {
    static final Throughput NONE = new Throughput(0, 0, 0, 0);

    private static final CommandCounts NOTHING = new CommandCounts(0, 0, 0);
    private static final double MILLIS = 1000;

    /** @return {@link #NONE} where no time lies between the two */
    static Throughput between(DiskStats earlier, long earlierMillis, DiskStats later, long laterMillis) {
        double seconds = (laterMillis - earlierMillis) / MILLIS;
        if (seconds <= 0) {
            return NONE;
        }
        CommandCounts readBefore = counts(earlier, "read");
        CommandCounts read = counts(later, "read");
        CommandCounts writeBefore = counts(earlier, "write");
        CommandCounts write = counts(later, "write");
        return new Throughput(
                rate(readBefore.bytes(), read.bytes(), seconds),
                rate(writeBefore.bytes(), write.bytes(), seconds),
                rate(readBefore.operations(), read.operations(), seconds),
                rate(writeBefore.operations(), write.operations(), seconds));
    }

    private static CommandCounts counts(DiskStats stats, String command) {
        return stats.commands().getOrDefault(command, NOTHING);
    }

    private static double rate(long before, long now, double seconds) {
        return Math.max(0, now - before) / seconds;
    }

    /** Such as {@code read 12.0 MiB/s (3,072/s), write 0 B/s (0/s)}. */
    String text() {
        return "read " + rateText(readBytesPerSecond, readOperationsPerSecond) + ", write "
                + rateText(writeBytesPerSecond, writeOperationsPerSecond);
    }

    private static String rateText(double bytes, double operations) {
        return DiskText.bytes(Math.round(bytes)) + "/s (" + DiskText.count(Math.round(operations)) + "/s)";
    }
}
