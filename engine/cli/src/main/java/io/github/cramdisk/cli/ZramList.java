// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramInfo;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = {
            "List all zram devices, whoever made them.",
            "STORED is what is in it, MEMORY the memory that costs, RATIO the first by the last."
        })
final class ZramList extends VolumeVerb {
    ZramList(Cli cli) {
        super(cli);
    }

    @Override
    int run(Volumes volumes) {
        List<ZramInfo> devices = volumes.listZram();
        if (json()) {
            terminal().printJson(devices);
        } else if (devices.isEmpty()) {
            terminal().print("There are no zram devices. Create one:  cramdisk zram create --size 2G --swap");
        } else {
            Table table = new Table("lrrrrrlll")
                    .row("DEVICE", "SIZE", "STORED", "MEMORY", "LIMIT", "RATIO", "ALGORITHM", "OURS", "USED AS");
            for (ZramInfo device : devices) {
                table.row(
                        device.device(),
                        DiskText.bytes(device.sizeBytes()),
                        DiskText.bytes(device.stats().originalBytes()),
                        DiskText.bytes(device.stats().memoryBytes()),
                        DiskText.limit(device.memLimitBytes()),
                        DiskText.ratio(device.stats().ratio()),
                        device.algorithm(),
                        device.managed() ? "yes" : "-",
                        VolumeText.use(device));
            }
            table.lines().forEach(terminal()::print);
        }
        return ExitCode.DONE;
    }
}
