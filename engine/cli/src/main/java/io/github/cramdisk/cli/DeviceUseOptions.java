// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountOptions;
import io.github.cramdisk.api.volume.PrincipalId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a device in memory is used: as a filesystem, as swap, or not yet. */
final class DeviceUseOptions {
    @Option(names = "--mount", paramLabel = "DIR", description = "Mount it there, as a filesystem.")
    private @Nullable String mount;

    @Option(names = "--fs", paramLabel = "TYPE", description = "ext4 (the default), xfs or btrfs; with --mount.")
    private @Nullable FilesystemType fs;

    @Option(names = "--swap", description = "Use it as swap.")
    private boolean swap;

    @Option(
            names = "--priority",
            paramLabel = "N",
            description =
                    "Priority of the swap, 0 to 32767; the highest is used first. Give it more than swap on disk.")
    private @Nullable Integer priority;

    @Option(
            names = "--discard",
            arity = "0..1",
            fallbackValue = "both",
            paramLabel = "WHEN",
            description = "With --swap: tell the device what is freed: none (the default), once, pages or both.")
    private DeviceSwap.@Nullable Discard discard;

    @Option(
            names = "--no-discard",
            description = "With --mount: do not give memory back when files are deleted, only at fstrim.")
    private boolean noDiscard;

    @Option(names = "--label", paramLabel = "LABEL", description = "Label of the filesystem or the swap.")
    private @Nullable String label;

    @Option(names = "--uuid", paramLabel = "UUID", description = "UUID of the filesystem or the swap.")
    private @Nullable UUID uuid;

    @Option(
            names = {"--owner", "--uid"},
            paramLabel = "USER",
            converter = Principals.User.class,
            description = "Owner of the root directory of the filesystem. Default: you.")
    private @Nullable PrincipalId owner;

    @Option(
            names = {"--group", "--gid"},
            paramLabel = "GROUP",
            converter = Principals.Group.class,
            description = "Group of the root directory of the filesystem. Default: yours.")
    private @Nullable PrincipalId group;

    @Option(names = "--mode", paramLabel = "MODE", description = "Permissions of the root directory. Default: 755.")
    private @Nullable FileMode mode;

    @Option(
            names = {"-o", "--options"},
            paramLabel = "LIST",
            description = "Mount options, comma-separated: those of every mount, and of the filesystem such as "
                    + "data=writeback or compress=zstd.")
    private String options = "";

    @Option(names = "--mkdir", description = "Make the directory if it is missing.")
    private boolean mkdir;

    /**
     * What the options ask for; null for the bare device.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} and those of the records
     */
    @Nullable
    DeviceUse use() {
        if (mount != null && swap) {
            throw wrong("A device is a filesystem or swap: give --mount or --swap, not both.");
        }
        boolean filesystemOptions = fs != null
                || noDiscard
                || owner != null
                || group != null
                || mode != null
                || !options.isEmpty()
                || mkdir;
        if (mount == null && filesystemOptions) {
            throw wrong("--fs, --owner, --group, --mode, --options, --mkdir and --no-discard need --mount.");
        }
        if (!swap && (priority != null || discard != null)) {
            throw wrong("--priority and --discard need --swap.");
        }
        if (mount != null) {
            return filesystem(TargetPath.of(mount));
        }
        if (swap) {
            return new DeviceSwap(priority, discard == null ? DeviceSwap.Discard.NONE : discard, label, uuid);
        }
        if (label != null || uuid != null) {
            throw wrong("--label and --uuid need --mount or --swap.");
        }
        return null;
    }

    /** Whether a type of filesystem was asked for, and not just the default taken. */
    boolean namesType() {
        return fs != null;
    }

    private DeviceFilesystem filesystem(String target) {
        MountOptions parsed = MountOptions.parse(options);
        return new DeviceFilesystem(
                fs == null ? FilesystemType.EXT4 : fs,
                target,
                mkdir,
                label,
                uuid,
                PrincipalId.idOf(owner),
                PrincipalId.idOf(group),
                mode,
                parsed.flags(),
                parsed.own(),
                noDiscard || parsed.noDiscard());
    }

    private static CramdiskException wrong(String sentence) {
        return new CramdiskException(ErrorKind.INVALID_ARGUMENT, sentence);
    }
}
