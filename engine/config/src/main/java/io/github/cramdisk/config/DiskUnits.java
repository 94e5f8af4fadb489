// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigVolume;
import java.util.ArrayList;
import java.util.List;

/**
 * The unit of a disk in the session of a user: it starts that user's engine and makes the disk if it is not there. Without
 * state.
 */
final class DiskUnits {
    static final String USER = "~/.config/systemd/user/";

    private DiskUnits() {}

    static List<ConfigFile> render(DiskSpec spec, RenderContext context) {
        String unit = "cramdisk-disk-" + spec.name() + ".service";
        String text = """
                # Written by Cramdisk.
                [Unit]
                Description=Cramdisk disk %s

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=%s

                [Install]
                WantedBy=default.target
                """.formatted(
                spec.name(),
                String.join(
                        " ",
                        command(spec, context).stream().map(SystemdText::word).toList()));
        return List.of(new ConfigFile(USER + unit, text, false));
    }

    /** The commands that the units run know no options for it yet. */
    static void noteWhenFull(ConfigVolume.Disk disk, Notes notes) {
        if (!disk.spec().whenFull().equals(FullPolicy.DEFAULT)) {
            notes.changed(
                    disk, "What it does when it is full is not written: set it on the disk when it is there.", null);
        }
    }

    /** What creates the disk on the command line. */
    static List<String> command(DiskSpec spec, RenderContext context) {
        List<String> words = new ArrayList<>(List.of(
                context.commandDirectory() + "/cramdisk",
                "disk",
                "create",
                spec.name(),
                "--if-missing",
                "--size",
                spec.size().formatExact(),
                "--codec",
                spec.codec().toString(),
                "--block-size",
                spec.blockSize().formatExact()));
        if (spec.ramLimit() != null) {
            words.addAll(List.of("--ram-limit", spec.ramLimit().formatExact()));
        }
        if (!spec.squeeze().equals(SqueezeSpec.defaultFor(spec.codec()))) {
            words.addAll(List.of("--squeeze", spec.squeeze().toString()));
        }
        if (spec.readOnly()) {
            words.add("--read-only");
        }
        return words;
    }
}
