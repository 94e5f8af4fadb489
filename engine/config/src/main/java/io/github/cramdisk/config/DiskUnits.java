// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The unit of a disk, which makes it if it is not there. Without state.
 *
 * <p>A disk that is attached to the kernel is one of the system's engine ({@code cramdisk-engine.service}), there before
 * anybody logs in: its unit attaches it, makes its filesystem and mounts it, and takes all that back when it is stopped.
 * Any other is one of the engine of its user, with a unit in the session.
 */
final class DiskUnits {
    static final String USER = "~/.config/systemd/user/";
    /** The unit of the engine of the system, which packages install. */
    static final String ENGINE = "cramdisk-engine.service";
    /** Where that engine listens; a part of its unit. */
    static final String ENGINE_SOCKETS = "/run/cramdisk/system";

    /** Names of these units, as a regular expression. */
    static final String NAME = "cramdisk-disk-[A-Za-z0-9._-]+\\.service";

    private DiskUnits() {}

    static String unit(ConfigVolume.Disk disk) {
        return "cramdisk-disk-" + disk.spec().name() + ".service";
    }

    static ConfigFile ofUser(ConfigVolume.Disk disk, RenderContext context) {
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
                """.formatted(disk.spec().name(), line(DiskCommands.create(disk.spec(), context)));
        return new ConfigFile(USER + unit(disk), text, false);
    }

    /**
     * The mount of a disk is not in a unit of its own, because its device has another number each time. The one that
     * systemd makes for it by itself is stopped first at shutdown, so that the disk is unmounted before it is detached.
     */
    static ConfigFile ofSystem(ConfigVolume.Disk disk, RenderContext context) {
        String target = disk.target();
        String order =
                target == null ? "" : "Before=" + SystemdText.value(SystemdText.unitOfPath(target, "mount")) + "\n";
        String text = """
                # Written by Cramdisk.
                [Unit]
                Description=Cramdisk disk %s
                Requires=%s
                After=%s
                %s
                [Service]
                Type=oneshot
                RemainAfterExit=yes
                User=cramdisk
                Environment=CRAMDISK_RUNTIME_DIR=%s
                %sExecStart=%s
                ExecStart=%s
                ExecStop=%s
                """.formatted(
                disk.spec().name(),
                ENGINE,
                ENGINE,
                order,
                ENGINE_SOCKETS,
                makesTarget(disk)
                        ? "ExecStartPre=+" + line(List.of("/bin/mkdir", "-p", "--", String.valueOf(target))) + "\n"
                        : "",
                line(DiskCommands.create(disk.spec(), context)),
                line(DiskCommands.attach(disk, context)),
                line(DiskCommands.detach(disk.spec(), context)));
        return new ConfigFile(SystemdFormat.SYSTEM + unit(disk), text, false);
    }

    /** The helper makes directories with the rights of who asks, and that engine may write to none that is root's. */
    private static boolean makesTarget(ConfigVolume.Disk disk) {
        return disk.use() instanceof DeviceFilesystem filesystem && filesystem.createTarget();
    }

    private static String line(List<String> words) {
        return words.stream().map(SystemdText::word).collect(Collectors.joining(" "));
    }
}
