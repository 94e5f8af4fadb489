// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.ZramSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A drop-in of zram-generator.conf(5). Only what every version since 1.1 understands, or ignores without harm, is
 * written: parameters of algorithms and secondary algorithms would keep it from setting the device up. Without state.
 */
final class ZramGeneratorFormat {
    static final String FILE = "/etc/systemd/zram-generator.conf.d/50-cramdisk.conf";
    private static final BigDecimal MEBI = BigDecimal.valueOf(1 << 20);

    private ZramGeneratorFormat() {}

    static List<ConfigFile> render(List<ConfigVolume> volumes, RenderContext context, Notes notes) {
        List<NumberedZram> numbered = NumberedZram.of(
                volumes.stream().filter(volume -> isExpressible(volume, notes)).toList(), context);
        if (numbered.isEmpty()) {
            return List.of();
        }
        StringBuilder text = new StringBuilder("# Written by Cramdisk.\n");
        for (NumberedZram device : numbered) {
            text.append("\n# ")
                    .append(CommentText.of(device.volume().title()))
                    .append("\n[")
                    .append(device.name())
                    .append("]\n");
            settings(device.volume(), notes)
                    .forEach((key, value) -> text.append(key)
                            .append(" = ")
                            .append(ZramGeneratorText.value(value))
                            .append('\n'));
        }
        notes.hint("After a change: systemctl daemon-reload, then start systemd-zram-setup@zramN.service, or restart"
                + " the machine. What is on a device is lost when it is unmounted.");
        return List.of(new ConfigFile(FILE, text.toString(), false));
    }

    private static boolean isExpressible(ConfigVolume volume, Notes notes) {
        if (!(volume instanceof ConfigVolume.Zram zram)) {
            boolean disk = volume instanceof ConfigVolume.Disk;
            notes.leftOut(
                    volume,
                    "zram-generator makes zram devices only.",
                    disk ? ConfigFormat.SYSTEMD : ConfigFormat.FSTAB);
            return false;
        }
        if (zram.spec().use() == null) {
            notes.leftOut(zram, "zram-generator makes filesystems and swap, no bare device.", ConfigFormat.SYSTEMD);
            return false;
        }
        if (zram.target() != null && !ZramGeneratorText.isTarget(zram.target())) {
            notes.leftOut(
                    zram,
                    "zram-generator cannot mount at a path with a percent sign or control characters, one that ends in"
                            + " white space or a backslash, or a very long one.",
                    ConfigFormat.SYSTEMD);
            return false;
        }
        return true;
    }

    /** The keys of the section of a device, in the order of the manual page. Also for the settings of NixOS. */
    static Map<String, String> settings(ConfigVolume.Zram volume, Notes notes) {
        ZramSpec spec = volume.spec();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("zram-size", mebibytes(spec.size()));
        if (spec.memLimit() != null) {
            settings.put("zram-resident-limit", mebibytes(spec.memLimit()));
            notes.hint(volume, "zram-resident-limit needs zram-generator 1.2; older versions ignore it.");
        }
        if (spec.algorithm() != null) {
            settings.put("compression-algorithm", spec.algorithm().name());
            if (!spec.algorithm().parameters().isEmpty()) {
                notes.changed(
                        volume,
                        "Parameters of algorithms would stop most versions of zram-generator: " + spec.algorithm()
                                + " is written without.",
                        ConfigFormat.SYSTEMD);
            }
        }
        if (spec.backingDevice() != null) {
            settings.put("writeback-device", spec.backingDevice());
        }
        ZramAttributes.noteSchedule(volume, notes);
        if (!spec.recompression().isEmpty()) {
            notes.changed(
                    volume,
                    "Algorithms for recompression would stop older versions of zram-generator, and are left out.",
                    ConfigFormat.SYSTEMD);
        }
        if (spec.use() instanceof DeviceFilesystem filesystem) {
            filesystem(settings, volume, filesystem, notes);
        } else if (spec.use() instanceof DeviceSwap swap) {
            swap(settings, volume, swap, notes);
        }
        return settings;
    }

    private static void filesystem(
            Map<String, String> settings, ConfigVolume volume, DeviceFilesystem filesystem, Notes notes) {
        settings.put("mount-point", filesystem.target());
        settings.put("fs-type", filesystem.type().text());
        List<String> options = MountText.zram(filesystem);
        settings.put("options", MountText.joined(options));
        List<String> lost = new ArrayList<>();
        if (filesystem.label() != null) {
            lost.add("label");
        }
        if (filesystem.uuid() != null) {
            lost.add("UUID");
        }
        if (filesystem.uid() != null || filesystem.gid() != null) {
            lost.add("owner");
        }
        if (filesystem.mode() != null) {
            lost.add("mode");
        }
        noteLost(volume, lost, notes);
    }

    private static void swap(Map<String, String> settings, ConfigVolume volume, DeviceSwap swap, Notes notes) {
        // Left out it would be 100.
        settings.put("swap-priority", Integer.toString(swap.priority() == null ? -1 : swap.priority()));
        List<String> options = MountText.swap(swap);
        options.removeIf(option -> option.startsWith("pri="));
        // Left out it would be discard.
        settings.put("options", MountText.joined(options));
        List<String> lost = new ArrayList<>();
        if (swap.label() != null) {
            lost.add("label");
        }
        if (swap.uuid() != null) {
            lost.add("UUID");
        }
        noteLost(volume, lost, notes);
    }

    private static void noteLost(ConfigVolume volume, List<String> lost, Notes notes) {
        if (!lost.isEmpty()) {
            notes.changed(
                    volume,
                    "zram-generator has no setting for: " + String.join(", ", lost) + ".",
                    ConfigFormat.SYSTEMD);
        }
    }

    /** The unit of zram-generator; sizes are multiples of 4 KiB, so that the fraction is finite. */
    static String mebibytes(ByteSize size) {
        return BigDecimal.valueOf(size.bytes())
                .divide(MEBI)
                .stripTrailingZeros()
                .toPlainString();
    }
}
