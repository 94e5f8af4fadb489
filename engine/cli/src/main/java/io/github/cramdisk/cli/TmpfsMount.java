// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.Volumes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mount",
        description = {
            "Mount a tmpfs: files in memory, as large as what is in them, swapped when memory is short.",
            "It is there again after the machine was restarted, empty, unless it is --temporary."
        })
final class TmpfsMount extends VolumeVerb {
    @Parameters(paramLabel = "DIR", description = "Where to mount it.")
    private String directory = "";

    @Mixin
    private TmpfsOptions options = new TmpfsOptions();

    @Option(names = "--noswap", description = "Never swap it (Linux 6.4). Stays so until it is unmounted.")
    private boolean noswap;

    @Option(names = "--usrquota", description = "Quota of users, where the kernel has it; also --quota.")
    private boolean usrquota;

    @Option(names = "--grpquota", description = "Quota of groups, where the kernel has it; also --quota.")
    private boolean grpquota;

    @Option(names = "--quota", description = "Quota of users and groups.")
    private boolean quota;

    @Option(
            names = "--usrquota-block-hardlimit",
            paramLabel = "SIZE",
            description = "Most each user may hold; brings --usrquota.")
    private @Nullable ByteSize userBlocks;

    @Option(
            names = "--usrquota-inode-hardlimit",
            paramLabel = "N",
            description = "Most files of each user; brings --usrquota.")
    private @Nullable Long userInodes;

    @Option(
            names = "--grpquota-block-hardlimit",
            paramLabel = "SIZE",
            description = "Most each group may hold; brings --grpquota.")
    private @Nullable ByteSize groupBlocks;

    @Option(
            names = "--grpquota-inode-hardlimit",
            paramLabel = "N",
            description = "Most files of each group; brings --grpquota.")
    private @Nullable Long groupInodes;

    @Option(
            names = "--casefold",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "ENCODING",
            description = "Allow directories that ignore case (Linux 6.13); ENCODING such as utf8-12.1.0.")
    private @Nullable String casefold;

    @Option(names = "--strict-encoding", description = "Refuse names that are not valid in that encoding.")
    private boolean strictEncoding;

    @Option(names = "--mkdir", description = "Make the directory if it is missing.")
    private boolean mkdir;

    @Option(names = "--temporary", description = "Do not keep it for the next start of the machine.")
    private boolean temporary;

    private @Nullable TmpfsSpec spec;

    TmpfsMount(Cli cli) {
        super(cli);
    }

    @Override
    void check() {
        spec = new TmpfsSpec(
                TargetPath.of(directory),
                mkdir,
                options.size(),
                options.inodes(),
                options.mode(),
                options.uid(),
                options.gid(),
                options.huge(),
                options.memoryPolicy(),
                noswap,
                options.inodeWidth(),
                quotaAsked(),
                casefold,
                strictEncoding,
                MountFlags.DEFAULT.with(options.flags()),
                temporary);
    }

    private @Nullable TmpfsQuota quotaAsked() {
        boolean users = quota || usrquota || userBlocks != null || userInodes != null;
        boolean groups = quota || grpquota || groupBlocks != null || groupInodes != null;
        return users || groups ? new TmpfsQuota(users, groups, userBlocks, userInodes, groupBlocks, groupInodes) : null;
    }

    @Override
    int run(Volumes volumes) {
        VolumeInfo mounted = volumes.mountTmpfs(Objects.requireNonNull(spec));
        if (json()) {
            terminal().printJson(mounted);
        } else {
            terminal()
                    .print("Mounted a tmpfs at " + VolumeText.plain(mounted.title()) + ", "
                            + VolumeText.size(mounted.sizeBytes()) + ".");
            volumes.list(false).warnings().forEach(this::warn);
        }
        return ExitCode.DONE;
    }
}
