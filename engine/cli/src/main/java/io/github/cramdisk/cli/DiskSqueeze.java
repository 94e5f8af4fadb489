// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import picocli.CommandLine.Command;

@Command(
        name = "squeeze",
        description = {
            "Compress all that is on a disk again, more strongly, at once; about 20 seconds a GiB.",
            "The engine does the same by itself with what stays unused (see --squeeze of \"disk set\")."
        })
final class DiskSqueeze extends DiskVerb {
    /** What {@code --json} prints. */
    record Squeezed(String name, long releasedBytes) {}

    DiskSqueeze(Cli cli) {
        super(cli);
    }

    @Override
    int run(Engine engine) {
        ByteSize released = engine.squeezeDisk(name());
        if (json()) {
            terminal().printJson(new Squeezed(name(), released.bytes()));
        } else {
            terminal().print("Disk \"" + name() + "\" became " + released + " smaller.");
        }
        return ExitCode.DONE;
    }
}
