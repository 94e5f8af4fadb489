// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSchedule;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramUpkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = {
            "Make a compressed block device of the kernel, as a filesystem (--mount), as swap (--swap) or bare.",
            "It takes memory only for what is written to it. It is there again after the machine was restarted, "
                    + "empty, unless it is --temporary."
        })
final class ZramCreate extends VolumeVerb {
    @Option(
            names = "--size",
            required = true,
            paramLabel = "SIZE",
            description = "What it offers, before compression. Fixed from then on.")
    private ByteSize size = ZramSpec.MIN_SIZE;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "How it compresses, such as lz4 or zstd:level=8. Default: the kernel's. Fixed from then on.")
    private @Nullable ZramAlgorithm algorithm;

    @Option(
            names = {"--recompress-algorithm", "--recompress"},
            paramLabel = "NAME",
            description = "A stronger algorithm for what was stored before; may be given up to 3 times. It is used by"
                    + " the upkeep: see --upkeep-every.")
    private List<ZramAlgorithm> recompression = new ArrayList<>();

    @Option(
            names = "--backing-device",
            paramLabel = "DEVICE",
            description = "A disk or partition to which the upkeep writes what is not used. What is on it is lost.")
    private @Nullable String backingDevice;

    @Option(
            names = "--upkeep-every",
            paramLabel = "TIME",
            converter = Minutes.class,
            description = "Let the engine recompress and write back by itself, such as 30m, 6h or 1d. Not on battery.")
    private @Nullable Integer upkeepEvery;

    @Option(
            names = "--mem-limit",
            paramLabel = "SIZE|none",
            converter = RamLimit.Converter.class,
            description = "Most memory it may take. Dangerous under a filesystem, which fails when it is reached.")
    private RamLimit memLimit = RamLimit.NONE;

    @Option(names = "--mount", paramLabel = "DIR", description = "Make a filesystem on it and mount it there.")
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
            converter = PrincipalId.User.class,
            description = "Owner of the root directory of the filesystem. Default: you.")
    private @Nullable PrincipalId owner;

    @Option(
            names = {"--group", "--gid"},
            paramLabel = "GROUP",
            converter = PrincipalId.Group.class,
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

    @Option(names = "--temporary", description = "Do not keep it for the next start of the machine.")
    private boolean temporary;

    private @Nullable ZramSpec spec;

    ZramCreate(Cli cli) {
        super(cli);
    }

    @Override
    void check() {
        spec = new ZramSpec(
                size, algorithm, recompression, memLimit.size(), use(), backingDevice, schedule(), temporary);
    }

    private @Nullable ZramSchedule schedule() {
        return upkeepEvery == null
                ? null
                : new ZramSchedule(upkeepEvery, ZramUpkeep.of(!recompression.isEmpty(), backingDevice != null), false);
    }

    private @Nullable DeviceUse use() {
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

    private DeviceFilesystem filesystem(String target) {
        MountFlags flags = MountFlags.DEFAULT;
        List<String> ownOptions = new ArrayList<>();
        for (String option : options.split(",", -1)) {
            if (MountFlagsChange.isFlag(option)) {
                flags = flags.with(MountFlagsChange.parse(option));
            } else if (option.equals("nodiscard")) {
                noDiscard = true;
            } else if (!option.equals("discard")) {
                ownOptions.add(option);
            }
        }
        return new DeviceFilesystem(
                fs == null ? FilesystemType.EXT4 : fs,
                target,
                mkdir,
                label,
                uuid,
                PrincipalId.idOf(owner),
                PrincipalId.idOf(group),
                mode,
                flags,
                ownOptions,
                noDiscard);
    }

    private static CramdiskException wrong(String sentence) {
        return new CramdiskException(ErrorKind.INVALID_ARGUMENT, sentence);
    }

    @Override
    int run(Volumes volumes) {
        ZramSpec wanted = Objects.requireNonNull(spec);
        ZramInfo created = volumes.createZram(wanted);
        if (json()) {
            terminal().printJson(created);
        } else {
            terminal()
                    .print("Created " + created.device() + ": " + DiskText.bytes(created.sizeBytes()) + ", "
                            + created.algorithm() + ", used as: " + VolumeText.use(created) + ".");
        }
        wanted.warnings().forEach(this::warn);
        return ExitCode.DONE;
    }
}
