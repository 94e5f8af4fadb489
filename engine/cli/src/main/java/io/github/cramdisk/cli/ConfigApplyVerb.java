// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "apply",
        description = {
            "Write the configuration to its place on this machine, checked before; all of it or nothing.",
            "Volumes that were applied before and are not named now are taken out. To undo: cramdisk config revert."
        })
final class ConfigApplyVerb extends ConfigVerb {
    @Mixin
    private ConfigSelection selection = new ConfigSelection();

    ConfigApplyVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Configuration configuration) {
        ConfigApplied applied = configuration.apply(selection.request());
        if (json()) {
            terminal().printJson(applied);
            return ExitCode.DONE;
        }
        applied.paths().forEach(path -> terminal().print("Written: " + path));
        if (applied.paths().isEmpty()) {
            terminal().print("All is so already.");
        }
        applied.hints().forEach(hint -> terminal().print(VolumeText.plain(hint)));
        return ExitCode.DONE;
    }
}
