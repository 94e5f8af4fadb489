// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FilesystemType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of fstab(5); for zram, which fstab only mounts, also the udev rules that make the devices. Without state. */
final class FstabFormat {
    static final String FSTAB = "/etc/fstab";
    private static final String MKDIR = "X-mount.mkdir";
    private static final String NOFAIL = "nofail";
    private static final String TIMEOUT = "x-systemd.device-timeout=30s";

    private FstabFormat() {}

    static List<ConfigFile> render(List<ConfigVolume> volumes, RenderContext context, Notes notes) {
        List<String> lines = new ArrayList<>();
        List<NumberedZram> devices = new ArrayList<>();
        Iterator<NumberedZram> numbered = NumberedZram.of(
                        volumes.stream().filter(FstabFormat::isExpressible).toList(), context)
                .iterator();
        for (ConfigVolume volume : volumes) {
            if (volume instanceof ConfigVolume.Tmpfs tmpfs) {
                MountText.tmpfs(tmpfs, notes)
                        .ifPresent(words -> lines.add(line(
                                "tmpfs",
                                tmpfs.target(),
                                "tmpfs",
                                mkdir(words, tmpfs.spec().createTarget(), tmpfs))));
            } else if (volume instanceof ConfigVolume.Ramfs ramfs) {
                lines.add(ramfs(ramfs));
            } else if (volume instanceof ConfigVolume.Zram zram) {
                if (!isExpressible(zram)) {
                    notes.leftOut(
                            zram,
                            "fstab mounts and swaps; a device that is neither has no line.",
                            ConfigFormat.SYSTEMD);
                    continue;
                }
                NumberedZram device = numbered.next();
                ZramAttributes.noteSchedule(zram, notes);
                devices.add(device);
                lines.add(zram(device, notes));
            } else {
                notes.leftOut(
                        volume,
                        "A disk is served by the engine, which has to run before fstab is read.",
                        ConfigFormat.SYSTEMD);
            }
        }
        List<ConfigFile> files = new ArrayList<>();
        if (!lines.isEmpty()) {
            files.add(new ConfigFile(FSTAB, String.join("\n", lines) + "\n", true));
            notes.hint("After a change of fstab: systemctl daemon-reload, and mount -a for what is not mounted yet.");
        }
        files.addAll(UdevFormat.render(devices, notes));
        return files;
    }

    private static boolean isExpressible(ConfigVolume volume) {
        return volume instanceof ConfigVolume.Zram zram && zram.spec().use() != null;
    }

    private static String ramfs(ConfigVolume.Ramfs ramfs) {
        List<String> words = MountText.flags(ramfs.spec().flags());
        if (ramfs.spec().mode() != null) {
            words.add("mode=" + ramfs.spec().mode());
        }
        return line("ramfs", ramfs.target(), "ramfs", mkdir(words, ramfs.spec().createTarget(), ramfs));
    }

    private static String zram(NumberedZram device, Notes notes) {
        if (device.spec().use() instanceof DeviceFilesystem filesystem) {
            noteRoot(device.volume(), filesystem, notes);
            List<String> words = mkdir(MountText.zram(filesystem), filesystem.createTarget(), device.volume());
            addOnce(words, NOFAIL);
            addOnce(words, TIMEOUT);
            return line(device.device(), filesystem.target(), filesystem.type().text(), words);
        }
        List<String> words = device.spec().use() instanceof DeviceSwap swap ? MountText.swap(swap) : new ArrayList<>();
        words.addAll(device.volume().extra());
        addOnce(words, NOFAIL);
        addOnce(words, TIMEOUT);
        return line(device.device(), "none", "swap", words);
    }

    /** Who owns the root is in the filesystem, and mkfs can write that for ext4 only. */
    private static void noteRoot(ConfigVolume volume, DeviceFilesystem filesystem, Notes notes) {
        List<String> lost = new ArrayList<>();
        boolean owned = filesystem.uid() != null || filesystem.gid() != null;
        if (owned && filesystem.type() != FilesystemType.EXT4) {
            lost.add("owner");
        }
        if (filesystem.mode() != null) {
            lost.add("mode");
        }
        if (!lost.isEmpty()) {
            notes.changed(
                    volume,
                    "Of the root directory, mkfs." + filesystem.type().text() + " cannot set: "
                            + String.join(", ", lost) + ".",
                    ConfigFormat.SYSTEMD);
        }
    }

    private static List<String> mkdir(List<String> words, boolean create, ConfigVolume volume) {
        volume.extra().forEach(extra -> addOnce(words, extra));
        if (create) {
            addOnce(words, MKDIR);
        }
        return words;
    }

    private static void addOnce(List<String> words, String word) {
        String key = word.split("=", 2)[0];
        if (words.stream().noneMatch(each -> each.split("=", 2)[0].equals(key))) {
            words.add(word);
        }
    }

    private static String line(String source, @Nullable String target, String type, List<String> words) {
        return source + " " + FstabText.escape(String.valueOf(target)) + " " + type + " " + MountText.joined(words)
                + " 0 0";
    }
}
