// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramInfo;
import picocli.CommandLine.Command;

@Command(
        name = "reset",
        description = {
            "Make a zram device empty: same size, algorithm, limit and use, with a fresh filesystem or swap.",
            "On a terminal it asks before data are lost."
        })
final class ZramReset extends DestructiveZramVerb {
    ZramReset(Cli cli) {
        super(cli);
    }

    @Override
    String question() {
        return "Make it empty?";
    }

    @Override
    void perform(Volumes volumes) {
        ZramInfo zram = volumes.resetZram(device());
        if (json()) {
            terminal().printJson(zram);
        } else {
            terminal().print(zram.device() + " is empty.");
        }
    }
}
