// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.api.config.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        description = {
            "Read what is configured or running already into volumes, and show it; nothing is changed.",
            "To get it in another form: cramdisk config export --from SOURCE --format FORMAT. "
                    + "To keep what is mounted now: cramdisk adopt."
        })
final class ConfigImportVerb extends ConfigVerb {
    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            defaultValue = "running",
            converter = ConfigSelection.SourceConverter.class,
            description = "fstab, systemd, zram-generator or running (the default).")
    private ConfigSource from = ConfigSource.RUNNING;

    ConfigImportVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Configuration configuration) {
        ConfigImport read = configuration.read(from);
        if (json()) {
            terminal().printJson(read);
            return ExitCode.DONE;
        }
        Table table = new Table("ll").row("VOLUME", "FROM");
        read.volumes()
                .forEach(
                        found -> table.row(VolumeText.plain(found.volume().title()), VolumeText.plain(found.origin())));
        table.lines().forEach(terminal()::print);
        if (!read.kept().isEmpty()) {
            terminal().print("");
            terminal().print("Not understood, and left as it is:");
            read.kept()
                    .forEach(kept -> terminal()
                            .print("  " + VolumeText.plain(kept.origin()) + ": " + VolumeText.plain(kept.text()) + " ("
                                    + kept.reason() + ")"));
        }
        return ExitCode.DONE;
    }
}
