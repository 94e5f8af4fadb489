// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = {
            "List all disks.",
            "LOGICAL is what is in use as the user sees it, STORED the same after compression, "
                    + "RESIDENT the memory it costs, RATIO the first by the last."
        })
final class DiskList extends Verb {
    DiskList(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        List<DiskInfo> disks;
        try (Engine engine = door().open()) {
            disks = engine.listDisks();
        }
        if (json()) {
            terminal().printJson(disks);
        } else if (disks.isEmpty()) {
            terminal().print("There are no disks yet. Create one:  cramdisk disk create scratch --size 1G");
        } else {
            table(disks).lines().forEach(terminal()::print);
            long now = System.currentTimeMillis();
            for (DiskInfo disk : disks) {
                String note = disk.problem() != null ? disk.problem() : DiskText.waiting(disk, now);
                if (note != null) {
                    terminal().print("\n" + note);
                }
            }
        }
        return ExitCode.DONE;
    }

    private static Table table(List<DiskInfo> disks) {
        Table table = new Table("lrrrrrrlrl")
                .row("NAME", "SIZE", "LOGICAL", "STORED", "RESIDENT", "LIMIT", "RATIO", "CODEC", "CLIENTS", "ATTACHED");
        for (DiskInfo disk : disks) {
            table.row(
                    disk.name(),
                    DiskText.bytes(disk.sizeBytes()),
                    DiskText.bytes(disk.logicalBytes()),
                    DiskText.bytes(disk.storedBytes()),
                    DiskText.bytes(disk.residentBytes()),
                    DiskText.limit(disk.effectiveLimitBytes()),
                    DiskText.ratio(disk.ratio()),
                    disk.codec().toString(),
                    Integer.toString(disk.clients()),
                    DiskText.attachment(disk.attachment()));
        }
        return table;
    }
}
