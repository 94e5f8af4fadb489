// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramStats;
import picocli.CommandLine.Command;

@Command(name = "stats", description = "Show the counters of one zram device.")
final class ZramStatsVerb extends ZramVerb {
    ZramStatsVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Volumes volumes) {
        ZramStats stats = volumes.showZram(device()).stats();
        if (json()) {
            terminal().printJson(stats);
            return ExitCode.DONE;
        }
        new Table("lr")
                .row("Stored", DiskText.bytes(stats.originalBytes()))
                .row("Compressed", DiskText.bytes(stats.compressedBytes()))
                .row("Memory", DiskText.bytes(stats.memoryBytes()))
                .row("Memory at most", DiskText.bytes(stats.memoryPeakBytes()))
                .row("Ratio", DiskText.ratio(stats.ratio()))
                .row("Pages of one value", DiskText.count(stats.samePages()))
                .row("Pages that do not compress", DiskText.count(stats.hugePages()))
                .row("The same, ever", DiskText.count(stats.hugePagesSince()))
                .row("Pages freed by compaction", DiskText.count(stats.compactedPages()))
                .row("Pages given back", DiskText.count(stats.notifyFree()))
                .row("Failed reads", DiskText.count(stats.failedReads()))
                .row("Failed writes", DiskText.count(stats.failedWrites()))
                .row("Invalid requests", DiskText.count(stats.invalidIo()))
                .row("Written back to disk", DiskText.bytes(stats.backingBytes()))
                .lines()
                .forEach(terminal()::print);
        return ExitCode.DONE;
    }
}
