// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.SqueezeSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "set", description = "Change the settings of a disk while it is in use.")
final class DiskSet extends DiskVerb {
    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            description =
                    "lz4, zstd, zstd:LEVEL or none: at once for what is written, and for what is stored while a processor is "
                            + "idle; \"disk show\" tells how much is left.")
    private @Nullable CodecSpec codec;

    @Option(names = "--level", paramLabel = "N", description = "Level of zstd, 1 (fast) to 19 (small).")
    private @Nullable Integer level;

    @Option(
            names = "--ram-limit",
            paramLabel = "SIZE|none",
            converter = RamLimit.Converter.class,
            description = "Most memory the disk may take.")
    private @Nullable RamLimit ramLimit;

    @Option(
            names = "--grow-to",
            paramLabel = "SIZE|none",
            converter = RamLimit.Converter.class,
            description = "Let the RAM limit rise by itself up to this; none: it is fixed.")
    private @Nullable RamLimit growTo;

    @Option(
            names = "--full",
            paramLabel = "auto|wait|fail|TIME",
            description =
                    "What writes to the full disk do, those that wait already too: wait, fail, or wait for a time "
                            + "such as 90s and then fail; auto waits without end where the kernel is the client, else 30 s.")
    private @Nullable FullWait full;

    @Option(
            names = "--squeeze",
            paramLabel = "off|on|zstd:LEVEL",
            description = "How what stays unused is compressed again while a processor is idle.")
    private @Nullable SqueezeSpec squeeze;

    @Option(
            names = "--read-only",
            negatable = true,
            description = "Whether clients may only read; for those that connect from now on.")
    private @Nullable Boolean readOnly;

    DiskSet(Cli cli) {
        super(cli);
    }

    @Override
    int run() throws IOException {
        if (codec == null
                && level == null
                && ramLimit == null
                && growTo == null
                && full == null
                && squeeze == null
                && readOnly == null) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "There is nothing to change. Give one of --codec, --level, --ram-limit, --grow-to, --full, --squeeze and"
                            + " --read-only.");
        }
        return super.run();
    }

    @Override
    int run(Engine engine) {
        CodecSpec newCodec = codec;
        if (level != null) {
            newCodec = CodecChoice.of(codec, level, engine.showDisk(name()).codec());
        }
        DiskUpdate update = new DiskUpdate(
                newCodec,
                ramLimit == null ? null : ramLimit.size(),
                ramLimit != null && ramLimit.size() == null,
                readOnly,
                growTo == null ? null : growTo.size(),
                growTo != null && growTo.size() == null,
                full,
                squeeze);
        DiskInfo disk = engine.updateDisk(name(), update);
        if (json()) {
            terminal().printJson(disk);
        } else {
            terminal().print("Disk \"" + disk.name() + "\" now: " + DiskText.settings(disk) + ".");
        }
        return ExitCode.DONE;
    }
}
