// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramInfo;
import picocli.CommandLine.Command;

@Command(
        name = "show",
        description = "Show one zram device: its settings, what it is used as, what it costs, and by whom it is used.")
final class ZramShow extends ZramVerb {
    ZramShow(Cli cli) {
        super(cli);
    }

    @Override
    int run(Volumes volumes) {
        print(terminal(), volumes.showZram(device()), json());
        return ExitCode.DONE;
    }

    static void print(Terminal terminal, ZramInfo zram, boolean json) {
        if (json) {
            terminal.printJson(zram);
            return;
        }
        new Table("ll")
                .row("Device", zram.device())
                .row("Size", DiskText.bytes(zram.sizeBytes()))
                .row("Algorithm", zram.algorithm() + " (of " + String.join(", ", zram.algorithms()) + ")")
                .row("Recompressed by", VolumeText.orDash(String.join(", ", zram.recompression())))
                .row("Written back to", VolumeText.orDash(zram.backingDevice()))
                .row("Upkeep", VolumeText.schedule(zram.schedule()))
                .row("Memory limit", DiskText.limit(zram.memLimitBytes()))
                .row("Used as", VolumeText.use(zram))
                .row("Label", VolumeText.orDash(zram.label()))
                .row("Stored", DiskText.bytes(zram.stats().originalBytes()))
                .row("Compressed", DiskText.bytes(zram.stats().compressedBytes()))
                .row("Memory", DiskText.bytes(zram.stats().memoryBytes()))
                .row("Ratio", DiskText.ratio(zram.stats().ratio()))
                .row("Ours", zram.managed() ? "yes" : "no")
                .row("Used by", VolumeText.users(zram.users()))
                .lines()
                .forEach(terminal::print);
    }
}
