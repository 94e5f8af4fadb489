// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import java.util.ArrayList;
import java.util.List;

/** A service of compose.yaml with its tmpfs. {@code $} is doubled, for Compose substitutes variables. Without state. */
final class ComposeFormat {
    static final String FILE = "compose.yaml";

    private ComposeFormat() {}

    static List<ConfigFile> render(List<ConfigVolume> volumes, RenderContext context, Notes notes) {
        List<String> simple = new ArrayList<>();
        List<String> full = new ArrayList<>();
        for (ConfigVolume volume : volumes) {
            ContainerTmpfs.noteOther(volume, notes);
            if (!(volume instanceof ConfigVolume.Tmpfs tmpfs)) {
                continue;
            }
            if (tmpfs.target().indexOf(':') < 0) {
                simple.add("      - "
                        + scalar(tmpfs.target() + ":" + String.join(",", ContainerTmpfs.options(tmpfs, notes))) + "\n");
            } else {
                full.add(full(tmpfs, context, notes));
            }
        }
        if (simple.isEmpty() && full.isEmpty()) {
            return List.of();
        }
        StringBuilder text = new StringBuilder("""
                # Written by Cramdisk. Put the name of the service and its image in.
                services:
                  app:
                    image: "IMAGE"
                """);
        if (!simple.isEmpty()) {
            text.append("    tmpfs:\n").append(String.join("", simple));
        }
        if (!full.isEmpty()) {
            text.append("    volumes:\n").append(String.join("", full));
        }
        return List.of(new ConfigFile(FILE, text.toString(), false));
    }

    private static String full(ConfigVolume.Tmpfs volume, RenderContext context, Notes notes) {
        StringBuilder text = new StringBuilder();
        text.append("      - type: tmpfs\n        target: ")
                .append(scalar(volume.target()))
                .append('\n');
        if (volume.spec().flags().readOnly()) {
            text.append("        read_only: true\n");
        }
        long bytes = ContainerTmpfs.bytes(volume, context, notes);
        if (bytes > 0 || volume.spec().mode() != null) {
            text.append("        tmpfs:\n");
        }
        if (bytes > 0) {
            text.append("          size: ").append(bytes).append('\n');
        }
        if (volume.spec().mode() != null) {
            text.append("          mode: 0").append(volume.spec().mode()).append('\n');
        }
        notes.changed(
                volume,
                "For a path with a colon only size, mode and read-only can be given; programs cannot be run from it.",
                ConfigFormat.FSTAB);
        return text.toString();
    }

    private static String scalar(String text) {
        return YamlText.string(text.replace("$", "$$"));
    }
}
