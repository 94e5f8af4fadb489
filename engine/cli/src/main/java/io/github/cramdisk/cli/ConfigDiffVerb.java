// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.config.ConfigDiff;
import io.github.cramdisk.api.config.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "diff", description = "Show what applying would change on this machine, as diff -u does.")
final class ConfigDiffVerb extends ConfigVerb {
    @Mixin
    private ConfigSelection selection = new ConfigSelection();

    ConfigDiffVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Configuration configuration) {
        ConfigDiff diff = configuration.diff(selection.request());
        if (json()) {
            terminal().printJson(diff);
            return ExitCode.DONE;
        }
        diff.changes().forEach(change -> terminal().out().print(change.unified()));
        if (diff.changes().isEmpty()) {
            terminal().print("Nothing would change.");
        }
        tell(diff.notes());
        return ExitCode.DONE;
    }
}
