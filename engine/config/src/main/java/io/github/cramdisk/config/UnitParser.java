// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigImport.Found;
import io.github.cramdisk.api.config.ConfigImport.Kept;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.MountTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads mount and swap units of systemd, and the services of Cramdisk that make the zram devices for them, or disks. Units of
 * filesystems that are not in memory are left alone; of those that are, every setting is read or kept.
 */
public final class UnitParser {
    /** Settings that say nothing about the volume itself: what systemd does by itself, or what Cramdisk writes. */
    private static final Set<String> OF_ORDER = Set.of(
            "Unit.Description",
            "Unit.After",
            "Unit.Before",
            "Unit.Requires",
            "Unit.Wants",
            "Unit.DefaultDependencies",
            "Unit.Conflicts",
            "Unit.Documentation",
            "Unit.BindsTo",
            "Install.WantedBy",
            "Install.RequiredBy");

    private static final String SERVICE = "cramdisk-zram[0-9]+\\.service";

    private final ZramRules zram = ZramRules.empty();
    private final List<Found> found = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final List<String> bare = new ArrayList<>();

    private UnitParser() {}

    /** @param units texts by path; the last component of a path is the name of the unit */
    public static ConfigImport parse(Map<String, String> units) {
        UnitParser parser = new UnitParser();
        units.forEach((path, text) -> {
            if (name(path).matches(SERVICE)) {
                parser.service(path, text);
            } else if (name(path).matches(DiskUnits.NAME)) {
                parser.disk(path, text);
            }
        });
        units.forEach((path, text) -> {
            if (path.endsWith(".mount")) {
                parser.mount(path, text);
            } else if (path.endsWith(".swap")) {
                parser.swap(path, text);
            }
        });
        for (String device : parser.bare) {
            parser.found.add(new Found(parser.zram.bare(device), device));
        }
        return new ConfigImport(parser.found, parser.kept);
    }

    /** Whether a unit of this name may be understood. */
    static boolean reads(String name) {
        return name.endsWith(".mount")
                || name.endsWith(".swap")
                || name.matches(SERVICE)
                || name.matches(DiskUnits.NAME);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Settings by section and key. One that is given twice has the last value, but for lists of units. */
    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        String section = "";
        String joined = text.replace("\\\n", " ");
        for (String line : joined.split("\n", -1)) {
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith(";")) {
                continue;
            }
            if (stripped.startsWith("[") && stripped.endsWith("]")) {
                section = stripped.substring(1, stripped.length() - 1);
            } else {
                int equals = stripped.indexOf('=');
                if (equals < 0) {
                    settings.put(section + "." + stripped, "");
                } else {
                    settings.put(
                            section + "." + stripped.substring(0, equals).strip(),
                            stripped.substring(equals + 1).strip());
                }
            }
        }
        return settings;
    }

    private static String unescape(String value) {
        return value.replace("%%", "%");
    }

    private void service(String path, String text) {
        String command = settings(text).getOrDefault("Service.ExecStart", "");
        List<String> words = ZramRules.words(command.replace("%%", "%").replace("$$", "$"));
        if (words.size() < 3 || !words.get(0).endsWith("/cramdisk-zram")) {
            kept.add(new Kept(path, command, "This is not the command that Cramdisk writes."));
            return;
        }
        ZramRules.Device device = new ZramRules.Device();
        for (int i = 3; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--make")) {
                device.make = List.copyOf(words.subList(i + 1, words.size()));
                break;
            }
            String value = i + 1 < words.size() ? words.get(++i) : "";
            switch (word) {
                case "--set" -> {
                    String[] parts = value.split("=", 2);
                    device.attributes.add(Map.entry(parts[0], parts.length > 1 ? parts[1] : ""));
                }
                case "--owner" -> device.owner = value;
                case "--mode" -> device.mode = value;
                default -> kept.add(new Kept(path, word, "This option is not understood."));
            }
        }
        String source = "/dev/zram" + words.get(2);
        zram.add(source, device);
        if (device.make.isEmpty()) {
            bare.add(source);
        }
    }

    private void disk(String path, String text) {
        try {
            found.add(new Found(DiskUnitParser.parse(text), path));
        } catch (CramdiskException e) {
            kept.add(new Kept(path, name(path), String.valueOf(e.getMessage())));
        }
    }

    private void mount(String path, String text) {
        Map<String, String> settings = settings(text);
        String source = unescape(settings.getOrDefault("Mount.What", ""));
        String type = unescape(settings.getOrDefault("Mount.Type", ""));
        boolean isZram = source.matches("/dev/zram[0-9]+");
        if (!type.equals("tmpfs") && !type.equals("ramfs") && !isZram) {
            return;
        }
        String target = FstabParser.plain(unescape(settings.getOrDefault("Mount.Where", "")));
        ImportedMount mount = new ImportedMount(unescape(settings.getOrDefault("Mount.Options", "")));
        try {
            MountTarget.check(target);
            ConfigVolume volume;
            if (isZram) {
                volume = zram.volume(source, target, type, mount);
            } else if (type.equals("tmpfs")) {
                // systemd makes missing mount points by itself.
                volume = new ConfigVolume.Tmpfs(mount.tmpfs(target, true), mount.extra());
            } else {
                volume = new ConfigVolume.Ramfs(mount.ramfs(target, true), mount.extra());
            }
            found.add(new Found(volume, path));
            mount.unknown().forEach(option -> kept.add(new Kept(path, option, "This option is not understood.")));
            keepRest(path, settings, Set.of("Mount.What", "Mount.Where", "Mount.Type", "Mount.Options"));
        } catch (CramdiskException | IllegalArgumentException e) {
            kept.add(new Kept(path, text, String.valueOf(e.getMessage())));
        }
    }

    private void swap(String path, String text) {
        Map<String, String> settings = settings(text);
        String source = unescape(settings.getOrDefault("Swap.What", ""));
        if (!source.matches("/dev/zram[0-9]+")) {
            return;
        }
        String options = unescape(settings.getOrDefault("Swap.Options", ""));
        String priority = settings.get("Swap.Priority");
        ImportedMount mount = new ImportedMount(priority == null ? options : options + ",pri=" + priority);
        try {
            found.add(new Found(zram.volume(source, "none", "swap", mount), path));
            mount.unknown().forEach(option -> kept.add(new Kept(path, option, "This option is not understood.")));
            keepRest(path, settings, Set.of("Swap.What", "Swap.Options", "Swap.Priority"));
        } catch (CramdiskException | IllegalArgumentException e) {
            kept.add(new Kept(path, text, String.valueOf(e.getMessage())));
        }
    }

    private void keepRest(String path, Map<String, String> settings, Set<String> read) {
        settings.forEach((key, value) -> {
            if (!read.contains(key) && !OF_ORDER.contains(key)) {
                kept.add(new Kept(path, key + "=" + value, "This setting is not understood."));
            }
        });
    }
}
