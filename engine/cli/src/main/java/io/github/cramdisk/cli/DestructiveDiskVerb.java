// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Option;

/** A verb that loses the data of a disk. It asks first where there is a person to ask and something to lose. */
abstract class DestructiveDiskVerb extends DiskVerb {
    @Option(names = "--force", description = "Do not ask, and disconnect clients that use the disk.")
    private boolean force;

    DestructiveDiskVerb(Cli cli) {
        super(cli);
    }

    @Override
    final int run(Engine engine) throws IOException {
        if (!force && terminal().asks() && !confirmed(engine.showDisk(name()))) {
            terminal().err().println("Nothing was changed.");
            return ExitCode.FAILED;
        }
        perform(engine, force);
        return ExitCode.DONE;
    }

    private boolean confirmed(DiskInfo disk) throws IOException {
        if (disk.clients() > 0) {
            // The engine would refuse after the question; say so before it.
            throw new CramdiskException(ErrorKind.DISK_IN_USE, disk.name(), disk.clients());
        }
        return disk.logicalBytes() == 0
                || terminal()
                        .confirms("Disk \"" + disk.name() + "\" holds " + DiskText.bytes(disk.logicalBytes())
                                + " of data, which will be lost. " + question());
    }

    /** Such as "Remove it?". */
    abstract String question();

    abstract void perform(Engine engine, boolean forced);
}
