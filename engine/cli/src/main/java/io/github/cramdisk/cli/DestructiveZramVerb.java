// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramInfo;
import java.io.IOException;
import picocli.CommandLine.Option;

/** A verb that loses the data of a zram device. It asks first where there is a person and something to lose. */
abstract class DestructiveZramVerb extends ZramVerb {
    @Option(names = "--force", description = "Do not ask.")
    private boolean force;

    DestructiveZramVerb(Cli cli) {
        super(cli);
    }

    @Override
    final int run(Volumes volumes) throws IOException {
        if (!force && terminal().asks() && !confirmed(volumes.showZram(device()))) {
            terminal().err().println("Nothing was changed.");
            return ExitCode.FAILED;
        }
        perform(volumes);
        return ExitCode.DONE;
    }

    /** What lies in swap is not lost: the kernel takes it back first. */
    private boolean confirmed(ZramInfo zram) throws IOException {
        long stored = zram.stats().originalBytes();
        return stored == 0
                || zram.use().equals("swap")
                || terminal()
                        .confirms(zram.device() + " (" + VolumeText.use(zram) + ") holds " + DiskText.bytes(stored)
                                + ", which will be lost. " + question());
    }

    /** Such as "Remove it?". */
    abstract String question();

    abstract void perform(Volumes volumes);
}
