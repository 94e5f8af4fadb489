// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Write volumes in the form of a system's configuration.",
            "What a format cannot express is said on standard error, with the nearest format that can."
        })
final class ConfigExportVerb extends ConfigVerb {
    @Mixin
    private ConfigSelection selection = new ConfigSelection();

    @Option(names = "--output", paramLabel = "DIR", description = "Write files below this directory instead.")
    private @Nullable Path output;

    ConfigExportVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Configuration configuration) throws IOException {
        ConfigExport export = configuration.export(selection.request());
        if (output != null) {
            for (ConfigFile file : export.files()) {
                Path path = place(output, file);
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.text());
                if (!json()) {
                    terminal().print(path.toString());
                }
            }
        }
        if (json()) {
            terminal().printJson(export);
            return ExitCode.DONE;
        }
        if (output == null) {
            boolean several = export.files().size() > 1;
            for (ConfigFile file : export.files()) {
                if (several) {
                    terminal().print("# ==> " + file.path() + " <==");
                }
                terminal().out().print(file.text());
            }
        }
        if (export.files().isEmpty() && export.notes().isEmpty()) {
            terminal().err().println("There is no volume of Cramdisk here to write. What there is:  cramdisk list");
        }
        tell(export.notes());
        return ExitCode.DONE;
    }

    /** {@code DIR/etc/fstab}; what belongs to a home directory is under {@code DIR/home}. */
    private static Path place(Path directory, ConfigFile file) {
        String path = file.path().startsWith("~/") ? "home" + file.path().substring(1) : file.path();
        return directory.toAbsolutePath().resolve(path.startsWith("/") ? path.substring(1) : path);
    }
}
