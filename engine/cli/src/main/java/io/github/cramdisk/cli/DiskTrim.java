// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import picocli.CommandLine.Command;

@Command(
        name = "trim",
        description = {
            "Give memory that a disk no longer needs back to the machine, at once.",
            "The engine does the same by itself after a while."
        })
final class DiskTrim extends DiskVerb {
    /** What {@code --json} prints. */
    record Trimmed(String name, long releasedBytes) {}

    DiskTrim(Cli cli) {
        super(cli);
    }

    @Override
    int run(Engine engine) {
        ByteSize released = engine.trimDisk(name());
        if (json()) {
            terminal().printJson(new Trimmed(name(), released.bytes()));
        } else {
            terminal().print("Disk \"" + name() + "\" gave back " + released + ".");
        }
        return ExitCode.DONE;
    }
}
