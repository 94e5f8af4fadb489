// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.Engine;
import picocli.CommandLine.Command;

@Command(
        name = "remove",
        description = {"Remove a disk, its data and its definition.", "On a terminal it asks before data is lost."})
final class DiskRemove extends DestructiveDiskVerb {
    /** What {@code --json} prints. */
    record Removed(String name, boolean removed) {}

    DiskRemove(Cli cli) {
        super(cli);
    }

    @Override
    String question() {
        return "Remove it?";
    }

    @Override
    void perform(Engine engine, boolean forced) {
        engine.removeDisk(name(), forced);
        if (json()) {
            terminal().printJson(new Removed(name(), true));
        } else {
            terminal().print("Removed disk \"" + name() + "\".");
        }
    }
}
