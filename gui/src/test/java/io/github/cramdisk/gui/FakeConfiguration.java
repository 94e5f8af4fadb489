// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigDiff;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigNote;
import io.github.cramdisk.api.config.ConfigNote.Weight;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.config.Configuration;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsSpec;
import java.util.ArrayList;
import java.util.List;

/** Answers always the same, and records what it was asked. */
public final class FakeConfiguration implements Configuration {
    public static final String LINE = "tmpfs /mnt/x tmpfs size=1G 0 0\n";

    private static final String UNIT = """
            # Written by Cramdisk; "cramdisk config revert --format systemd" takes it away.
            [Unit]
            Description=Compressed disk a
            After=dbus.socket

            [Service]
            ExecStart=/usr/bin/cramdisk-engine --foreground
            Restart=on-failure

            [Install]
            WantedBy=default.target
            """;

    public final List<Object> asked = new ArrayList<>();
    public boolean severalFiles;

    @Override
    public ConfigExport export(ConfigRequest request) {
        asked.add(request);
        List<ConfigFile> files = new ArrayList<>(List.of(new ConfigFile("/etc/fstab", LINE, true)));
        if (severalFiles) {
            files.add(new ConfigFile("~/.config/systemd/user/a.service", UNIT, false));
        }
        return new ConfigExport(
                request.format(),
                files,
                List.of(new ConfigNote("disk a", Weight.LEFT_OUT, "It cannot.", ConfigFormat.SYSTEMD)));
    }

    @Override
    public ConfigDiff diff(ConfigRequest request) {
        asked.add(request);
        return new ConfigDiff(
                request.format(),
                List.of(new ConfigDiff.Change("/etc/fstab", "", LINE, "--- /etc/fstab\n+++ /etc/fstab\n+" + LINE)),
                List.of());
    }

    @Override
    public ConfigImport read(ConfigSource source) {
        asked.add(source);
        return new ConfigImport(
                List.of(new ConfigImport.Found(
                        ConfigVolume.of(TmpfsSpec.of("/mnt/x", SizeLimit.of(ByteSize.ofGibi(1)))), "/etc/fstab:3")),
                List.of(new ConfigImport.Kept("/etc/fstab:4", "mystery", "This option is not understood.")));
    }

    @Override
    public ConfigApplied apply(ConfigRequest request) {
        asked.add(request);
        return new ConfigApplied(List.of("/etc/fstab"), List.of("Then: mount -a"));
    }

    @Override
    public ConfigApplied revert(ConfigFormat format) {
        asked.add(format);
        return new ConfigApplied(List.of("/etc/fstab"), List.of());
    }
}
