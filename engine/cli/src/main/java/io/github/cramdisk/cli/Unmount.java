// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.Volumes;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "unmount",
        description = {
            "Unmount it: what is in it is lost, its memory is free, and it is not mounted again at the next start.",
            "On a terminal it asks before data are lost."
        })
final class Unmount extends VolumeVerb {
    @Parameters(paramLabel = "DIR", description = "Where it is mounted.")
    private String directory = "";

    @Option(names = "--force", description = "Do not ask.")
    private boolean force;

    @Option(
            names = "--lazy",
            description = "Detach it now even if it is in use; its memory is free when the last user is done.")
    private boolean lazy;

    private final VolumeKind kind;
    private String target = "";

    /** What {@code --json} prints. */
    record Unmounted(String target, boolean unmounted) {}

    Unmount(Cli cli, VolumeKind kind) {
        super(cli);
        this.kind = kind;
    }

    @Override
    void check() {
        target = TargetPath.of(directory);
    }

    @Override
    int run(Volumes volumes) throws IOException {
        if (!force && terminal().asks() && !confirmed(volumes)) {
            terminal().err().println("Nothing was changed.");
            return ExitCode.FAILED;
        }
        volumes.unmount(target, kind, lazy);
        if (json()) {
            terminal().printJson(new Unmounted(target, true));
        } else {
            terminal().print("Unmounted the " + kind.text() + " at " + VolumeText.plain(target) + ".");
        }
        return ExitCode.DONE;
    }

    private boolean confirmed(Volumes volumes) throws IOException {
        for (VolumeInfo volume : volumes.list(false).volumes()) {
            if (volume.kind() == kind && target.equals(volume.target())) {
                if (volume.atLeast()) {
                    return terminal().confirms("What is in " + VolumeText.plain(target) + " will be lost. Unmount it?");
                }
                return volume.usedBytes() == 0
                        || terminal()
                                .confirms("The " + kind.text() + " at " + VolumeText.plain(target) + " holds "
                                        + DiskText.bytes(volume.usedBytes())
                                        + " of data, which will be lost. Unmount it?");
            }
        }
        // The engine says that there is none.
        return true;
    }
}
