// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.api.config.Configuration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        description = {
            "Read what is configured or running already into volumes, and show it; nothing is changed.",
            "To get it in another form: cramdisk config export --from SOURCE --format FORMAT."
        })
final class ConfigImportVerb extends ConfigVerb {
    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            defaultValue = "running",
            converter = ConfigSelection.SourceConverter.class,
            description = "fstab, systemd, zram-generator or running (the default).")
    private ConfigSource from = ConfigSource.RUNNING;

    @Option(
            names = "--adopt",
            description = "Take those that are there now into the definitions of Cramdisk, as cramdisk adopt does.")
    private boolean adopt;

    ConfigImportVerb(Cli cli) {
        super(cli);
    }

    /** What was done with one volume that was read; {@code problem} is null where it was adopted. */
    private record Adoption(String volume, @Nullable String problem) {}

    @Override
    int run(Engine engine) throws IOException {
        return adopt ? adopt(engine) : super.run(engine);
    }

    /** Each for itself: one that cannot be adopted keeps none of the others from it. */
    private int adopt(Engine engine) {
        List<Adoption> done = new ArrayList<>();
        for (ConfigImport.Found found : engine.configuration().read(from).volumes()) {
            String place = found.volume().target() == null
                    ? found.origin()
                    : found.volume().target();
            try {
                engine.volumes().adopt(place);
                done.add(new Adoption(found.volume().title(), null));
            } catch (CramdiskException e) {
                done.add(new Adoption(found.volume().title(), e.getMessage()));
            }
        }
        if (json()) {
            terminal().printJson(done);
        } else {
            for (Adoption each : done) {
                String end = each.problem() == null ? "adopted" : "left as it is: " + each.problem();
                terminal().print(VolumeText.plain(each.volume()) + ": " + end);
            }
        }
        return done.stream().allMatch(each -> each.problem() == null) ? ExitCode.DONE : ExitCode.FAILED;
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
