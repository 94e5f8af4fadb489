// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.Volumes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mount",
        description = {
            "Mount a ramfs: files in memory that are never swapped, without any limit.",
            "It can fill the memory of the machine until nothing works any more; "
                    + "a tmpfs with --noswap does the same within a limit."
        })
final class RamfsMount extends VolumeVerb {
    @Parameters(paramLabel = "DIR", description = "Where to mount it.")
    private String directory = "";

    @Option(names = "--mode", paramLabel = "MODE", description = "Permissions of its root directory. Default: 755.")
    private @Nullable FileMode mode;

    @Option(
            names = {"-o", "--options"},
            paramLabel = "LIST",
            description = "Options of every mount, as for tmpfs. nosuid and nodev are the default.")
    private String options = "";

    @Option(names = "--mkdir", description = "Make the directory if it is missing.")
    private boolean mkdir;

    @Option(names = "--temporary", description = "Do not keep it for the next start of the machine.")
    private boolean temporary;

    @Option(
            names = {"--size", "--blocks", "--inodes", "--uid", "--gid", "--huge", "--mpol", "--noswap"},
            hidden = true,
            arity = "0..1",
            fallbackValue = "",
            description = "Refused: the kernel accepts it and ignores it.")
    private @Nullable String ignoredByTheKernel;

    private @Nullable RamfsSpec spec;

    RamfsMount(Cli cli) {
        super(cli);
    }

    @Override
    void check() {
        if (ignoredByTheKernel != null) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "A ramfs knows a mode and nothing else: the kernel accepts a size, an owner and all other options "
                            + "of a tmpfs, and ignores them. Use a tmpfs: cramdisk tmpfs mount --help");
        }
        spec = new RamfsSpec(TargetPath.of(directory), mkdir, mode, MountFlags.parse(options), temporary);
    }

    @Override
    int run(Volumes volumes) {
        VolumeInfo mounted = volumes.mountRamfs(Objects.requireNonNull(spec));
        if (json()) {
            terminal().printJson(mounted);
        } else {
            terminal().print("Mounted a ramfs at " + VolumeText.plain(mounted.title()) + ".");
        }
        warn("A ramfs has no limit. What is written to it stays in memory until it is deleted.");
        return ExitCode.DONE;
    }
}
