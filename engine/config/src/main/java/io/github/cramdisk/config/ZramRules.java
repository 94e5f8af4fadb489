// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of zram devices that are apart from their mounts: in Cramdisk's udev rules, or in the commands of its
 * services. Read back as they were written, by the number of the device.
 */
final class ZramRules {
    private static final Pattern TERM =
            Pattern.compile("(KERNEL|ATTR\\{[a-z_]+\\}|RUN)(==|\\+=|=)\"([^\"]*)\"(?:, |$)|[A-Z]+==\"[^\"]*\"(?:, |$)"
                    + "|ATTR\\{initstate\\}==\"0\"(?:, |$)");

    /** What was written for one device. */
    static final class Device {
        final List<Map.Entry<String, String>> attributes = new ArrayList<>();
        List<String> make = List.of();

        @Nullable
        String owner;

        @Nullable
        String mode;
    }

    private final Map<String, Device> devices = new HashMap<>();

    static ZramRules empty() {
        return new ZramRules();
    }

    static ZramRules parse(String rules) {
        ZramRules all = new ZramRules();
        for (String line : rules.split("\n", -1)) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            Device device = new Device();
            String name = null;
            Matcher matcher = TERM.matcher(line);
            while (matcher.find()) {
                String key = matcher.group(1);
                if (key == null || matcher.group(3) == null) {
                    continue;
                }
                String value = matcher.group(3).replace("%%", "%").replace("$$", "$");
                if (key.equals("KERNEL")) {
                    name = value;
                } else if (key.equals("RUN")) {
                    device.make = words(value);
                } else if (matcher.group(2).equals("=")) {
                    device.attributes.add(Map.entry(key.substring("ATTR{".length(), key.length() - 1), value));
                }
            }
            if (name != null) {
                all.devices.put("/dev/" + name, device);
            }
        }
        return all;
    }

    void add(String path, Device device) {
        devices.put(path, device);
    }

    /** Words of a command with single quotes, or with double quotes and backslashes. */
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\' && quote == '"' && i + 1 < command.length()) {
                    word = append(word, command.charAt(++i));
                } else {
                    word = append(word, c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                word = word == null ? new StringBuilder() : word;
            } else if (c == ' ') {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = append(word, c);
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    private static StringBuilder append(@Nullable StringBuilder word, char c) {
        return (word == null ? new StringBuilder() : word).append(c);
    }

    /** The volume of a mount or swap of {@code source}. */
    ConfigVolume volume(String source, String target, String type, ImportedMount mount) {
        Device device = devices.get(source);
        if (device == null) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION, source, "Its size and settings are in no file that Cramdisk reads.");
        }
        mount.dropExtra(List.of("nofail", "x-systemd.device-timeout=30s"));
        return new ConfigVolume.Zram(spec(device, use(device, target, type, mount)), mount.extra());
    }

    /** A device without a mount or swap. */
    ConfigVolume bare(String source) {
        return new ConfigVolume.Zram(spec(java.util.Objects.requireNonNull(devices.get(source)), null), List.of());
    }

    private static DeviceUse use(Device device, String target, String type, ImportedMount mount) {
        String label = after(device.make, "-L");
        if (type.equals("swap")) {
            String priority = mount.takeValue("pri");
            String policy = mount.takeValue("discard");
            DeviceSwap.Discard discard = policy != null
                    ? DeviceSwap.Discard.parse(policy)
                    : mount.take("discard") ? DeviceSwap.Discard.BOTH : DeviceSwap.Discard.NONE;
            return new DeviceSwap(
                    priority == null ? null : Integer.valueOf(priority),
                    discard,
                    label,
                    uuid(after(device.make, "-U")));
        }
        FilesystemType filesystem = FilesystemType.parse(type);
        String uuid = after(device.make, "-U");
        if (filesystem == FilesystemType.XFS) {
            String meta = after(device.make, "-m");
            uuid = meta != null && meta.startsWith("uuid=") ? meta.substring("uuid=".length()) : null;
        }
        String owner = device.owner;
        for (String word : device.make) {
            int at = word.indexOf("root_owner=");
            owner = at < 0 ? owner : word.substring(at + "root_owner=".length());
        }
        boolean discard = discard(mount);
        return new DeviceFilesystem(
                filesystem,
                FstabParser.plain(target),
                mount.mkdir(),
                label,
                uuid(uuid),
                owner == null ? null : Long.valueOf(owner.split(":", 2)[0]),
                owner == null ? null : Long.valueOf(owner.split(":", 2)[1]),
                device.mode == null ? null : FileMode.parse(device.mode),
                mount.flags(),
                mount.takeMatching(filesystem::allows),
                !discard);
    }

    private static boolean discard(ImportedMount mount) {
        mount.take("nodiscard");
        return mount.take("discard") || mount.takeValue("discard") != null;
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }

    private static @Nullable String after(List<String> words, String option) {
        int at = words.indexOf(option);
        return at < 0 || at + 1 >= words.size() ? null : words.get(at + 1);
    }

    private static ZramSpec spec(Device device, @Nullable DeviceUse use) {
        ZramAlgorithm primary = null;
        TreeMap<Integer, ZramAlgorithm> others = new TreeMap<>();
        ByteSize size = null;
        ByteSize limit = null;
        String backing = null;
        for (Map.Entry<String, String> attribute : device.attributes) {
            String value = attribute.getValue();
            switch (attribute.getKey()) {
                case "comp_algorithm" -> primary = ZramAlgorithm.of(value);
                case "recomp_algorithm" -> {
                    SortedMap<String, String> parts = parts(value);
                    others.put(
                            Integer.valueOf(String.valueOf(parts.get("priority"))),
                            ZramAlgorithm.of(String.valueOf(parts.get("algo"))));
                }
                case "algorithm_params" -> {
                    SortedMap<String, String> parts = parts(value);
                    int priority = Integer.parseInt(String.valueOf(parts.remove("priority")));
                    if (priority == 0 && primary != null) {
                        primary = new ZramAlgorithm(primary.name(), parts);
                    } else {
                        others.computeIfPresent(
                                priority, (number, algorithm) -> new ZramAlgorithm(algorithm.name(), parts));
                    }
                }
                case "backing_dev" -> backing = value;
                case "disksize" -> size = new ByteSize(ImportedMount.count(value));
                case "mem_limit" -> limit = new ByteSize(ImportedMount.count(value));
                default ->
                    throw new CramdiskException(ErrorKind.INVALID_ZRAM_OPTION, attribute.getKey(), "It is not known.");
            }
        }
        if (size == null) {
            throw new CramdiskException(ErrorKind.INVALID_ZRAM_OPTION, "no size", "The size is missing.");
        }
        return new ZramSpec(size, primary, List.copyOf(others.values()), limit, use, backing, null, false);
    }

    private static SortedMap<String, String> parts(String value) {
        SortedMap<String, String> parts = new TreeMap<>();
        for (String part : value.split(" ", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return parts;
    }
}
