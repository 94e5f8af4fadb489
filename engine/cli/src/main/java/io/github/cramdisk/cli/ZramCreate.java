// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSchedule;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramUpkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final DeviceUseOptions use = new DeviceUseOptions();

    @Option(names = "--temporary", description = "Do not keep it for the next start of the machine.")
    private boolean temporary;

    private @Nullable ZramSpec spec;

    ZramCreate(Cli cli) {
        super(cli);
    }

    @Override
    void check() {
        spec = new ZramSpec(
                size, algorithm, recompression, memLimit.size(), use.use(), backingDevice, schedule(), temporary);
    }

    private @Nullable ZramSchedule schedule() {
        return upkeepEvery == null
                ? null
                : new ZramSchedule(upkeepEvery, ZramUpkeep.of(!recompression.isEmpty(), backingDevice != null), false);
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
