// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import java.util.Objects;
import picocli.CommandLine.Command;

@Command(name = "show", description = "Show one disk: its settings, what it holds, what it costs, and its URI.")
final class DiskShow extends DiskVerb {
    DiskShow(Cli cli) {
        super(cli);
    }

    @Override
    int run(Engine engine) {
        print(terminal(), engine.showDisk(name()), json());
        return ExitCode.DONE;
    }

    static void print(Terminal terminal, DiskInfo disk, boolean json) {
        if (json) {
            terminal.printJson(disk);
            return;
        }
        if (disk.problem() != null) {
            terminal.print(disk.problem());
            terminal.print("");
        }
        new Table("ll")
                .row("Name", disk.name())
                .row("URI", disk.uri())
                .row("Size", DiskText.bytes(disk.sizeBytes()))
                .row("Codec", codec(disk))
                .row("Squeezed", disk.squeeze().isOn() ? "with " + disk.squeeze() + ", what is not used" : "no")
                .row("Block size", new ByteSize(disk.blockSizeBytes()).formatExact())
                .row("Access", disk.readOnly() ? "read-only" : "read and write")
                .row("Logical", DiskText.bytes(disk.logicalBytes()))
                .row("Stored", DiskText.bytes(disk.storedBytes()))
                .row("Resident", DiskText.bytes(disk.residentBytes()))
                .row("RAM limit", DiskText.limit(disk.ramLimitBytes()) + grown(disk))
                .row("When full", DiskText.whenFull(disk))
                .row("Ratio", DiskText.ratio(disk.ratio()))
                .row("Clients", Integer.toString(disk.clients()))
                .row("Attached", DiskText.attachment(disk.attachment()))
                .lines()
                .forEach(terminal::print);
        String waiting = DiskText.waiting(disk, System.currentTimeMillis());
        if (waiting != null) {
            terminal.print("");
            terminal.print(waiting);
        }
    }

    private static String codec(DiskInfo disk) {
        return disk.otherCodecBytes() == 0
                ? disk.codec().toString()
                : disk.codec() + ", " + DiskText.bytes(disk.otherCodecBytes()) + " still in another";
    }

    private static String grown(DiskInfo disk) {
        return Objects.equals(disk.ramLimitBytes(), disk.effectiveLimitBytes())
                ? ""
                : ", now " + DiskText.limit(disk.effectiveLimitBytes());
    }
}
