// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.volume.Volumes;
import picocli.CommandLine.Command;

@Command(
        name = "remove",
        description = {
            "Unmount a zram device or take it out of swap, give its memory back and remove it.",
            "On a terminal it asks before data are lost."
        })
final class ZramRemove extends DestructiveZramVerb {
    /** What {@code --json} prints. */
    record Removed(String device, boolean removed) {}

    ZramRemove(Cli cli) {
        super(cli);
    }

    @Override
    String question() {
        return "Remove it?";
    }

    @Override
    void perform(Volumes volumes) {
        volumes.removeZram(device());
        if (json()) {
            terminal().printJson(new Removed(device().toString(), true));
        } else {
            terminal().print("Removed " + device() + ".");
        }
    }
}
