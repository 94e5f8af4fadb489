// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeList;
import io.github.cramdisk.api.volume.Volumes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = {
            "List all storage in memory on this machine: disks, tmpfs, ramfs, zram, zswap, swap and nbd.",
            "USED is what is in it, RESIDENT the memory it costs, SWAPPED the part that lies in swap. "
                    + "OURS are those that Cramdisk made or adopted."
        })
final class VolumeListVerb extends VolumeVerb {
    @Option(names = "--users", description = "Tell also which processes use each; takes a little longer.")
    private boolean users;

    VolumeListVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Volumes volumes) {
        VolumeList list = volumes.list(users);
        if (json()) {
            terminal().printJson(list.volumes());
            return ExitCode.DONE;
        }
        Table table = new Table("llrrrrllll")
                .row(
                        "KIND",
                        "WHERE",
                        "SIZE",
                        "USED",
                        "RESIDENT",
                        "SWAPPED",
                        "OURS",
                        "OWNER",
                        "NAME",
                        users ? "USED BY" : "");
        for (VolumeInfo volume : list.volumes()) {
            table.row(
                    volume.kind().text(),
                    VolumeText.plain(volume.title()),
                    VolumeText.size(volume.sizeBytes()),
                    VolumeText.used(volume),
                    VolumeText.resident(volume),
                    VolumeText.swapped(volume),
                    volume.managed() ? "yes" : "-",
                    VolumeText.orDash(volume.owner()),
                    VolumeText.orDash(volume.name()),
                    users ? VolumeText.users(volume.users()) : "");
        }
        table.lines().forEach(terminal()::print);
        list.warnings().forEach(this::warn);
        return ExitCode.DONE;
    }
}
