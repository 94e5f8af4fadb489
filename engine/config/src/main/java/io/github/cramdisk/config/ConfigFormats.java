// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import java.util.Comparator;
import java.util.List;

/** Renders volumes in every format. Without state: the same volumes and context give the same bytes. */
public final class ConfigFormats {
    private ConfigFormats() {}

    /** Volumes that a format cannot express are left out and named in the notes; never is anything guessed. */
    public static ConfigExport render(ConfigFormat format, List<ConfigVolume> volumes, RenderContext context) {
        Notes notes = new Notes();
        List<ConfigVolume> ordered = parentsFirst(volumes);
        List<ConfigFile> files = switch (format) {
            case FSTAB -> FstabFormat.render(ordered, context, notes);
            case SYSTEMD -> SystemdFormat.render(ordered, context, notes);
            case ZRAM_GENERATOR -> ZramGeneratorFormat.render(ordered, context, notes);
            case NIXOS -> NixosFormat.render(ordered, context, notes);
            case DOCKER -> DockerFormat.render(ordered, context, notes);
            case COMPOSE -> ComposeFormat.render(ordered, context, notes);
            case KUBERNETES -> KubernetesFormat.render(ordered, context, notes);
            case SHELL -> ShellFormat.render(ordered, context, notes);
        };
        return new ConfigExport(format, files, notes.all());
    }

    /** A mount below another one must come after it; else the order is kept. */
    private static List<ConfigVolume> parentsFirst(List<ConfigVolume> volumes) {
        return volumes.stream()
                .sorted(Comparator.comparingLong(volume -> {
                    String target = volume.target();
                    return target == null
                            ? 0
                            : target.chars().filter(c -> c == '/').count();
                }))
                .toList();
    }
}
