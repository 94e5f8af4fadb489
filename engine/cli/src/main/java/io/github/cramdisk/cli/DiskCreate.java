// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.SqueezeSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = {
            "Create an empty compressed disk and serve it.",
            "It takes memory only for what is written to it. It is there again after the engine was restarted."
        })
final class DiskCreate extends DiskVerb {
    @Option(
            names = "--size",
            required = true,
            paramLabel = "SIZE",
            description =
                    "What the disk offers: 4K to 16T, such as 512M or 1.5G. May exceed the memory of the machine.")
    private ByteSize size = DiskSpec.MIN_SIZE;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            description = "lz4 (fast, the default), zstd or zstd:LEVEL (smaller), or none.")
    private @Nullable CodecSpec codec;

    @Option(names = "--level", paramLabel = "N", description = "Level of zstd, 1 (fast) to 19 (small). Default: 3.")
    private @Nullable Integer level;

    @Option(
            names = "--block-size",
            paramLabel = "SIZE",
            description = "What is compressed at a time: 4K (the default) to 64K. "
                    + "Larger is smaller in memory and slower for small random writes.")
    private ByteSize blockSize = DiskSpec.MIN_BLOCK_SIZE;

    @Option(
            names = "--ram-limit",
            paramLabel = "SIZE|none",
            converter = RamLimit.Converter.class,
            description = "Most memory the disk may take, 8M or more. Default: none.")
    private RamLimit ramLimit = RamLimit.NONE;

    @Option(
            names = "--grow-to",
            paramLabel = "SIZE|none",
            converter = RamLimit.Converter.class,
            description =
                    "Let the RAM limit rise by itself up to this, in steps, while the machine has memory to spare. "
                            + "Default: none, it is fixed.")
    private RamLimit growTo = RamLimit.NONE;

    @Option(
            names = "--full",
            paramLabel = "auto|wait|fail|TIME",
            description =
                    "What writes to the full disk do: wait until there is room, fail with \"no space\", or wait for a "
                            + "time such as 90s or 5m and then fail. Default: auto, which waits without end where the kernel is "
                            + "the client, else 30 s.")
    private FullWait full = FullWait.AUTO;

    @Option(
            names = "--if-missing",
            description = "Keep a disk of this name that is there, as it is; for units and scripts.")
    private boolean ifMissing;

    @Option(
            names = "--squeeze",
            paramLabel = "off|on|zstd:LEVEL",
            description = "How what stays unused is compressed again while a processor is idle. Default: zstd:9.")
    private @Nullable SqueezeSpec squeeze;

    @Option(names = "--read-only", description = "Let clients only read.")
    private boolean readOnly;

    DiskCreate(Cli cli) {
        super(cli);
    }

    @Override
    int run() throws IOException {
        // What the user got wrong is told without starting the engine.
        spec();
        return super.run();
    }

    private DiskSpec spec() {
        CodecSpec chosen = CodecChoice.of(codec, level, null);
        return new DiskSpec(
                name(),
                size,
                chosen,
                blockSize,
                ramLimit.size(),
                readOnly,
                new FullPolicy(growTo.size(), full),
                squeeze == null ? SqueezeSpec.defaultFor(chosen) : squeeze);
    }

    @Override
    int run(Engine engine) {
        DiskInfo disk;
        try {
            disk = engine.createDisk(spec());
        } catch (CramdiskException e) {
            if (!ifMissing || e.kind() != ErrorKind.DISK_EXISTS) {
                throw e;
            }
            DiskShow.print(terminal(), engine.showDisk(name()), json());
            return ExitCode.DONE;
        }
        if (json()) {
            terminal().printJson(disk);
            return ExitCode.DONE;
        }
        terminal()
                .print("Created disk \"" + disk.name() + "\": " + new ByteSize(disk.sizeBytes()) + ", "
                        + DiskText.settings(disk) + ".");
        terminal().print(disk.uri());
        terminal().print("");
        terminal().print("Fill it:   nbdcopy FILE '" + disk.uri() + "'");
        terminal().print("Watch it:  cramdisk disk stats " + disk.name() + " --watch");
        return ExitCode.DONE;
    }
}
