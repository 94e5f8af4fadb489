// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.TmpfsSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A module of NixOS that any configuration can import: {@code fileSystems}, {@code boot.tmp},
 * {@code services.zram-generator}, and {@code services.cramdisk} for disks. Without state.
 */
final class NixosFormat {
    static final String FILE = "/etc/nixos/cramdisk.nix";
    private static final String TMP = "/tmp";
    /** NixOS escapes no backslashes in the fstab that it makes. */
    private static final Pattern OCTAL = Pattern.compile("\\\\[0-7]");

    private static final FileMode STICKY = FileMode.parse("1777");

    private final RenderContext context;
    private final Notes notes;
    private final List<String> blocks = new ArrayList<>();
    private final Map<String, String> devices = new LinkedHashMap<>();
    private final Map<String, String> disks = new LinkedHashMap<>();

    private NixosFormat(RenderContext context, Notes notes) {
        this.context = context;
        this.notes = notes;
    }

    static List<ConfigFile> render(List<ConfigVolume> volumes, RenderContext context, Notes notes) {
        NixosFormat format = new NixosFormat(context, notes);
        format.all(volumes);
        if (format.blocks.isEmpty()) {
            return List.of();
        }
        notes.hint("Add ./cramdisk.nix to the imports of configuration.nix, then: nixos-rebuild switch");
        String text = "# Written by Cramdisk.\n{ ... }:\n{\n" + String.join("\n", format.blocks) + "}\n";
        return List.of(new ConfigFile(FILE, text, false));
    }

    private void all(List<ConfigVolume> volumes) {
        List<ConfigVolume> expressible =
                volumes.stream().filter(this::isExpressible).toList();
        for (ConfigVolume volume : expressible) {
            if (volume instanceof ConfigVolume.Tmpfs tmpfs) {
                if (isTmp(tmpfs)) {
                    tmp(tmpfs.spec(), tmpfs);
                } else {
                    MountText.tmpfs(tmpfs, notes).ifPresent(words -> filesystem(tmpfs, "tmpfs", words));
                }
            } else if (volume instanceof ConfigVolume.Ramfs ramfs) {
                List<String> words = MountText.flags(ramfs.spec().flags());
                Optional.ofNullable(ramfs.spec().mode()).ifPresent(mode -> words.add("mode=" + mode));
                filesystem(ramfs, "ramfs", words);
            } else if (volume instanceof ConfigVolume.Disk disk) {
                disks.put(NixText.name(disk.spec().name()), disk(disk));
            }
        }
        for (NumberedZram device : NumberedZram.of(
                expressible.stream().filter(volume -> !isTmpOnZram(volume)).toList(), context)) {
            devices.put(device.name(), NixText.set(values(ZramGeneratorFormat.settings(device.volume(), notes)), 2));
        }
        expressible.stream().filter(NixosFormat::isTmpOnZram).forEach(volume -> tmpOnZram((ConfigVolume.Zram) volume));
        if (!devices.isEmpty()) {
            block("services.zram-generator", Map.of("enable", "true"), "settings", devices);
        }
        if (!disks.isEmpty()) {
            block("services.cramdisk", Map.of("enable", "true"), "disks", disks);
            notes.hint("services.cramdisk comes with Cramdisk's own module: add it to the imports, too"
                    + " (nixosModules.default of its flake, or installer/nix/module.nix).");
        }
    }

    private boolean isExpressible(ConfigVolume volume) {
        if (!(volume instanceof ConfigVolume.Zram zram)) {
            String target = volume.target();
            if (target != null
                    && (!SystemdText.fitsLine(target) || OCTAL.matcher(target).find())) {
                notes.leftOut(
                        volume,
                        "NixOS cannot mount at a path with control characters, or with digits after a backslash.",
                        ConfigFormat.SHELL);
                return false;
            }
            return true;
        }
        if (zram.spec().use() == null) {
            notes.leftOut(zram, "NixOS makes filesystems and swap on zram, no bare device.", ConfigFormat.SYSTEMD);
            return false;
        }
        if (zram.target() != null && !ZramGeneratorText.isTarget(zram.target())) {
            notes.leftOut(zram, "zram-generator, which NixOS uses, cannot mount at this path.", ConfigFormat.SYSTEMD);
            return false;
        }
        return true;
    }

    /** Whether {@code boot.tmp}, which mounts with 1777, strictatime, nosuid and nodev, says the same. */
    private static boolean isTmp(ConfigVolume.Tmpfs volume) {
        TmpfsSpec spec = volume.spec();
        MountFlags asThere = MountFlags.parse("strictatime");
        return spec.target().equals(TMP)
                && spec.flags().equals(asThere)
                && (spec.mode() == null || spec.mode().equals(STICKY))
                && volume.extra().isEmpty()
                && spec.inodes() == null
                && spec.uid() == null
                && spec.gid() == null
                && spec.huge() == null
                && spec.memoryPolicy() == null
                && !spec.noswap()
                && spec.inodeWidth() == null
                && spec.quota() == null
                && spec.casefold() == null;
    }

    private static boolean isTmpOnZram(ConfigVolume volume) {
        return volume instanceof ConfigVolume.Zram && TMP.equals(volume.target());
    }

    private void tmp(TmpfsSpec spec, ConfigVolume volume) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("useTmpfs", "true");
        if (spec.size() != null) {
            settings.put("tmpfsSize", NixText.string(MountText.size(volume, spec.size(), notes)));
        }
        blocks.add("  boot.tmp = " + NixText.set(settings, 1) + ";\n");
    }

    private void tmpOnZram(ConfigVolume.Zram volume) {
        Map<String, String> settings = new LinkedHashMap<>(values(ZramGeneratorFormat.settings(volume, notes)));
        settings.remove("mount-point");
        Map<String, String> tmp = new LinkedHashMap<>();
        tmp.put("useZram", "true");
        tmp.put("zramSettings", NixText.set(settings, 2));
        blocks.add("  boot.tmp = " + NixText.set(tmp, 1) + ";\n");
        notes.hint(volume, "boot.tmp.useZram came with NixOS 25.05.");
        if (volume.spec().use() instanceof DeviceFilesystem filesystem && filesystem.mode() != null) {
            notes.hint(volume, "NixOS gives /tmp the mode 1777.");
        }
    }

    private void filesystem(ConfigVolume volume, String type, List<String> words) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("device", NixText.string(type));
        settings.put("fsType", NixText.string(type));
        List<String> options = new ArrayList<>(words);
        options.addAll(volume.extra());
        if (!options.isEmpty()) {
            settings.put("options", NixText.list(options, 2));
        }
        blocks.add("  fileSystems." + NixText.string(String.valueOf(volume.target())) + " = " + NixText.set(settings, 1)
                + ";\n");
    }

    private static String disk(ConfigVolume.Disk disk) {
        DiskSpec spec = disk.spec();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("size", NixText.string(spec.size().formatExact()));
        settings.put("codec", NixText.string(spec.codec().toString()));
        settings.put("blockSize", NixText.string(spec.blockSize().formatExact()));
        if (spec.ramLimit() != null) {
            settings.put("ramLimit", NixText.string(spec.ramLimit().formatExact()));
        }
        if (spec.whenFull().growTo() != null) {
            settings.put("growTo", NixText.string(spec.whenFull().growTo().formatExact()));
        }
        if (!spec.whenFull().fullWait().equals(FullWait.AUTO)) {
            settings.put("whenFull", NixText.string(spec.whenFull().fullWait().toString()));
        }
        if (!spec.squeeze().equals(SqueezeSpec.defaultFor(spec.codec()))) {
            settings.put("squeeze", NixText.string(spec.squeeze().toString()));
        }
        if (spec.readOnly()) {
            settings.put("readOnly", "true");
        }
        if (disk.use() instanceof DeviceFilesystem filesystem) {
            settings.put("mount", NixText.set(mount(filesystem), 3));
        } else if (disk.use() instanceof DeviceSwap swap) {
            settings.put("swap", NixText.set(swap(swap), 3));
        }
        return NixText.set(settings, 2);
    }

    private static Map<String, String> mount(DeviceFilesystem filesystem) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("target", NixText.string(filesystem.target()));
        settings.put("fsType", NixText.string(filesystem.type().text()));
        putText(settings, "label", filesystem.label());
        putText(settings, "uuid", filesystem.uuid());
        putText(settings, "owner", filesystem.uid());
        putText(settings, "group", filesystem.gid());
        putText(settings, "mode", filesystem.mode());
        List<String> options = DiskCommands.options(filesystem);
        if (!options.isEmpty()) {
            settings.put("options", NixText.list(options, 4));
        }
        if (filesystem.noDiscard()) {
            settings.put("discard", "false");
        }
        return settings;
    }

    private static Map<String, String> swap(DeviceSwap swap) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (swap.priority() != null) {
            settings.put("priority", swap.priority().toString());
        }
        return settings;
    }

    private static void putText(Map<String, String> settings, String key, @Nullable Object value) {
        if (value != null) {
            settings.put(key, NixText.string(value.toString()));
        }
    }

    /** Numbers as numbers, as the manual of NixOS writes them; texts are copied into zram-generator.conf as they are. */
    private static Map<String, String> values(Map<String, String> settings) {
        Map<String, String> values = new LinkedHashMap<>();
        settings.forEach((key, value) -> values.put(
                key, value.matches("-?[0-9]{1,9}") ? value : NixText.string(ZramGeneratorText.value(value))));
        return values;
    }

    private void block(String name, Map<String, String> first, String nested, Map<String, String> inner) {
        Map<String, String> settings = new LinkedHashMap<>(first);
        Map<String, String> deeper = new LinkedHashMap<>();
        inner.forEach((key, value) -> deeper.put(nested + "." + key, value));
        settings.putAll(deeper);
        blocks.add("  " + name + " = " + NixText.set(settings, 1) + ";\n");
    }
}
