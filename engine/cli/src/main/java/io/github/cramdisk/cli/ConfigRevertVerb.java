// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.Configuration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "revert", description = "Undo what \"config apply\" wrote in a format.")
final class ConfigRevertVerb extends ConfigVerb {
    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            converter = ConfigSelection.FormatConverter.class,
            description = "fstab, systemd, zram-generator or nixos.")
    private @Nullable ConfigFormat format;

    ConfigRevertVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Configuration configuration) {
        ConfigApplied reverted = configuration.revert(Objects.requireNonNull(format));
        if (json()) {
            terminal().printJson(reverted);
            return ExitCode.DONE;
        }
        reverted.paths().forEach(path -> terminal().print("As it was before: " + path));
        return ExitCode.DONE;
    }
}
