// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.job.JobKind;
import picocli.CommandLine.Command;

@Command(
        name = "detach",
        description = {
            "Unmount a disk, or take it out of swap, and take it from the kernel.",
            "What is on it stays; the next attach finds it."
        })
final class DiskDetach extends DiskVerb {
    DiskDetach(Cli cli) {
        super(cli);
    }

    @Override
    int run(Engine engine) {
        DiskInfo disk = WatchedJob.run(this, engine, JobKind.DETACH, name(), () -> engine.detachDisk(name()));
        if (json()) {
            terminal().printJson(disk);
        } else {
            terminal().print("Disk \"" + name() + "\" is detached. What is on it stays.");
        }
        return ExitCode.DONE;
    }
}
