// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Engine;
import picocli.CommandLine.Command;

@Command(
        name = "reset",
        description = {"Make a disk empty again, with the same settings.", "On a terminal it asks before data is lost."
        })
final class DiskReset extends DestructiveDiskVerb {
    DiskReset(Cli cli) {
        super(cli);
    }

    @Override
    String question() {
        return "Make it empty?";
    }

    @Override
    void perform(Engine engine, boolean forced) {
        DiskInfo disk = engine.resetDisk(name(), forced);
        if (json()) {
            terminal().printJson(disk);
        } else {
            terminal().print("Disk \"" + name() + "\" is empty.");
        }
    }
}
