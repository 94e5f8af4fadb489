// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.TmpfsSpec;
import java.util.ArrayList;
import java.util.List;

/** Options of {@code docker run}, which {@code podman run} takes too: one a line. Without state. */
final class DockerFormat {
    static final String FILE = "docker-run-options.sh";

    private DockerFormat() {}

    static List<ConfigFile> render(List<ConfigVolume> volumes, RenderContext context, Notes notes) {
        List<String> options = new ArrayList<>();
        for (ConfigVolume volume : volumes) {
            ContainerTmpfs.noteOther(volume, notes);
            if (volume instanceof ConfigVolume.Tmpfs tmpfs) {
                options.add(option(tmpfs, context, notes));
            }
        }
        if (options.isEmpty()) {
            return List.of();
        }
        String text =
                "# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.\n"
                        + "docker run \\\n    " + String.join(" \\\n    ", options) + " \\\n    IMAGE\n";
        return List.of(new ConfigFile(FILE, text, false));
    }

    /** {@code --tmpfs} knows more options, but ends the path at the first colon. */
    private static String option(ConfigVolume.Tmpfs volume, RenderContext context, Notes notes) {
        if (volume.target().indexOf(':') < 0) {
            return "--tmpfs "
                    + ShellText.word(volume.target() + ":" + String.join(",", ContainerTmpfs.options(volume, notes)));
        }
        TmpfsSpec spec = volume.spec();
        StringBuilder mount = new StringBuilder("type=tmpfs," + csv("destination=" + volume.target()));
        long bytes = ContainerTmpfs.bytes(volume, context, notes);
        if (bytes > 0) {
            mount.append(",tmpfs-size=").append(bytes);
        }
        if (spec.mode() != null) {
            mount.append(",tmpfs-mode=").append(spec.mode());
        }
        if (spec.flags().readOnly()) {
            mount.append(",readonly");
        }
        notes.changed(
                volume,
                "For a path with a colon only size, mode and read-only can be given; programs cannot be run from it.",
                ConfigFormat.FSTAB);
        return "--mount " + ShellText.word(mount.toString());
    }

    /** A field of RFC 4180, as which docker reads the option. */
    private static String csv(String field) {
        return field.matches("[^\",\r\n]*") ? field : "\"" + field.replace("\"", "\"\"") + "\"";
    }
}
