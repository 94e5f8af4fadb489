// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskStats.BlockCounts;
import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.api.DiskStats.HistogramBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The statistics of a disk as a page of text. */
final class StatsText {
    private static final int BAR_WIDTH = 40;
    private static final List<String> USUAL_ORDER =
            List.of("read", "write", "flush", "trim", "write_zeroes", "cache", "block_status");

    private StatsText() {}

    /** @param throughput null where it is not known */
    static List<String> lines(DiskStats stats, @Nullable Throughput throughput) {
        List<String> lines = new ArrayList<>();
        DiskInfo disk = stats.info();
        lines.add("Disk \"" + disk.name() + "\": " + DiskText.bytes(disk.sizeBytes()) + ", " + DiskText.settings(disk)
                + (disk.clients() == 1 ? ", 1 client" : ", " + disk.clients() + " clients"));
        lines.add("");
        lines.addAll(amounts(disk).lines());
        String waiting = DiskText.waiting(disk, System.currentTimeMillis());
        if (waiting != null) {
            lines.add("");
            lines.addAll(waiting.lines().toList());
        }
        if (throughput != null) {
            lines.add("");
            lines.add("Now: " + throughput.text());
        }
        lines.add("");
        lines.addAll(blocks(stats.blocks()).lines());
        lines.add("");
        lines.addAll(histogram(stats.histogram()));
        lines.add("");
        lines.addAll(commands(stats.commands()).lines());
        return lines;
    }

    private static Table amounts(DiskInfo disk) {
        return new Table("lrl")
                .row("Logical", DiskText.bytes(disk.logicalBytes()), "in use, as you see it")
                .row("Stored", DiskText.bytes(disk.storedBytes()), "after compression")
                .row("Resident", DiskText.bytes(disk.residentBytes()), "memory it costs")
                .row("Ratio", DiskText.ratio(disk.ratio()), "logical by resident");
    }

    private static Table blocks(BlockCounts blocks) {
        long max = LongStream.of(
                        blocks.squeezed(), blocks.compressed(), blocks.raw(), blocks.sameFilled(), blocks.zero())
                .max()
                .orElse(0);
        Table table = new Table("lrl").row("Blocks", "", "");
        blockRow(table, "  squeezed", blocks.squeezed(), max);
        blockRow(table, "  compressed", blocks.compressed(), max);
        blockRow(table, "  raw", blocks.raw(), max);
        blockRow(table, "  same-filled", blocks.sameFilled(), max);
        blockRow(table, "  zero", blocks.zero(), max);
        return table;
    }

    private static void blockRow(Table table, String label, long blocks, long max) {
        table.row(label, DiskText.count(blocks), Bars.bar(blocks, max, BAR_WIDTH));
    }

    private static List<String> histogram(List<HistogramBucket> buckets) {
        long max = buckets.stream().mapToLong(HistogramBucket::blocks).max().orElse(0);
        if (max == 0) {
            return List.of("Stored sizes: nothing is stored yet");
        }
        Table table = new Table("lrrl").row("Stored sizes", "", "", "");
        for (HistogramBucket bucket : buckets) {
            table.row(
                    "  up to",
                    DiskText.bytes(bucket.upToBytes()),
                    DiskText.count(bucket.blocks()),
                    Bars.bar(bucket.blocks(), max, BAR_WIDTH));
        }
        return table.lines();
    }

    private static Table commands(Map<String, CommandCounts> counts) {
        Table table = new Table("lrrr").row("Commands", "operations", "bytes", "errors");
        Map<String, CommandCounts> rest = new TreeMap<>(counts);
        for (String command : USUAL_ORDER) {
            CommandCounts usual = rest.remove(command);
            if (usual != null) {
                commandRow(table, command, usual);
            }
        }
        rest.forEach((command, other) -> commandRow(table, command, other));
        return table;
    }

    private static void commandRow(Table table, String command, CommandCounts counts) {
        table.row(
                "  " + command,
                DiskText.count(counts.operations()),
                DiskText.bytes(counts.bytes()),
                DiskText.count(counts.errors()));
    }
}
