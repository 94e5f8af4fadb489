// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.Volumes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "remount",
        description = {
            "Change a mounted tmpfs; what is in it stays.",
            "Mode, owner and group are changed too, which mount -o remount does not do."
        })
final class TmpfsRemount extends VolumeVerb {
    @Parameters(paramLabel = "DIR", description = "Where it is mounted.")
    private String directory = "";

    @Mixin
    private TmpfsOptions options = new TmpfsOptions();

    @Option(names = "--noswap", negatable = true, description = "Cannot change; refused with the reason.")
    private @Nullable Boolean noswap;

    @Option(
            names = {"--quota", "--usrquota", "--grpquota"},
            description = "Cannot change; refused with the reason.")
    private @Nullable Boolean quota;

    private @Nullable TmpfsChange change;

    TmpfsRemount(Cli cli) {
        super(cli);
    }

    @Override
    void check() {
        change = new TmpfsChange(
                TargetPath.of(directory),
                options.size(),
                options.inodes(),
                options.mode(),
                options.uid(),
                options.gid(),
                options.huge(),
                options.memoryPolicy(),
                noswap,
                options.inodeWidth(),
                quota,
                options.flags());
    }

    @Override
    int run(Volumes volumes) {
        VolumeInfo changed = volumes.remountTmpfs(Objects.requireNonNull(change));
        if (json()) {
            terminal().printJson(changed);
        } else {
            terminal()
                    .print("Changed the tmpfs at " + VolumeText.plain(changed.title()) + ": "
                            + VolumeText.size(changed.sizeBytes()) + ", " + VolumeText.used(changed) + " used.");
            volumes.list(false).warnings().forEach(this::warn);
        }
        return ExitCode.DONE;
    }
}
