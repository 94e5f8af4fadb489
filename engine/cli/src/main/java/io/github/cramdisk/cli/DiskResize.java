// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "resize",
        description = {
            "Make a disk larger or smaller while it is in use.",
            "It becomes smaller only when what would be cut off is empty. Memory is taken by what is written, not by "
                    + "the size."
        })
final class DiskResize extends DiskVerb {
    @Parameters(index = "1", paramLabel = "SIZE", description = "The new size: 4K to 16T, such as 512M or 1.5G.")
    private ByteSize size = DiskSpec.MIN_SIZE;

    DiskResize(Cli cli) {
        super(cli);
    }

    @Override
    int run() throws IOException {
        DiskSpec.checkSize(size);
        return super.run();
    }

    @Override
    int run(Engine engine) {
        DiskInfo disk = engine.resizeDisk(name(), size);
        if (json()) {
            terminal().printJson(disk);
        } else {
            terminal().print("Disk \"" + disk.name() + "\" has the size " + new ByteSize(disk.sizeBytes()) + " now.");
        }
        return ExitCode.DONE;
    }
}
