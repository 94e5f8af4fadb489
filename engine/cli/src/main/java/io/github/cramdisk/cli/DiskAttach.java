// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.api.job.JobKind;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "attach",
        description = {
            "Make a disk a block device of this machine (/dev/nbdN), mounted (--mount), as swap (--swap) or bare.",
            "A filesystem is made on a disk that holds nothing; what it holds already is mounted as it is. With --fs it must be"
                    + " of that type.",
            "The device outlives the engine: what uses it waits until the engine is back. Ctrl-C takes it back."
        })
final class DiskAttach extends DiskVerb {
    @Mixin
    private final DeviceUseOptions use = new DeviceUseOptions();

    @Option(names = "--format", description = "Make the filesystem or swap anew; what the disk holds is lost.")
    private boolean format;

    private AttachSpec spec = AttachSpec.BARE;

    DiskAttach(Cli cli) {
        super(cli);
    }

    @Override
    int run() throws IOException {
        spec = new AttachSpec(use.use(), format, !use.namesType());
        if (!json()) {
            spec.warnings().forEach(warning -> terminal().err().println("Warning: " + warning.sentence()));
        }
        return super.run();
    }

    @Override
    int run(Engine engine) {
        DiskInfo disk = WatchedJob.run(this, engine, JobKind.ATTACH, name(), () -> engine.attachDisk(name(), spec));
        if (json()) {
            terminal().printJson(disk);
            return ExitCode.DONE;
        }
        Attachment attachment = disk.attachment();
        if (attachment != null) {
            terminal().print("Disk \"" + name() + "\" is " + attachment.device() + ": " + attachment.useText() + ".");
        }
        return ExitCode.DONE;
    }
}
