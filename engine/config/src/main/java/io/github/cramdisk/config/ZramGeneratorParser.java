// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigImport.Found;
import io.github.cramdisk.api.config.ConfigImport.Kept;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads zram-generator.conf(5) and its drop-ins: of a key that is given twice the last file wins. */
public final class ZramGeneratorParser {
    private static final String DEFAULT_SIZE = "min(ram / 2, 4096)";
    private static final int DEFAULT_PRIORITY = 100;
    private static final long MEBI = 1 << 20;

    private final long ramBytes;
    private final Map<String, Map<String, Entry>> sections = new TreeMap<>();
    private final List<Found> found = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();

    private record Entry(String value, String origin) {}

    private ZramGeneratorParser(long ramBytes) {
        this.ramBytes = ramBytes;
    }

    /**
     * @param files texts by path, in the order in which the generator reads them
     * @param ramBytes memory of the machine, on which sizes may depend
     */
    public static ConfigImport parse(Map<String, String> files, long ramBytes) {
        ZramGeneratorParser parser = new ZramGeneratorParser(ramBytes);
        files.forEach(parser::read);
        parser.sections.forEach(parser::device);
        return new ConfigImport(parser.found, parser.kept);
    }

    /** The numbers of the devices that the files name. */
    public static List<Integer> devices(Map<String, String> files) {
        ZramGeneratorParser parser = new ZramGeneratorParser(0);
        files.forEach(parser::read);
        return parser.sections.keySet().stream()
                .map(name -> Integer.valueOf(name.substring("zram".length())))
                .toList();
    }

    private void read(String path, String text) {
        String section = "";
        int number = 0;
        for (String line : text.split("\n", -1)) {
            String origin = path + ":" + ++number;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith(";")) {
                continue;
            }
            if (stripped.startsWith("[") && stripped.endsWith("]")) {
                section = stripped.substring(1, stripped.length() - 1).strip();
                if (section.matches("zram[0-9]{1,6}")) {
                    sections.computeIfAbsent(section, name -> new LinkedHashMap<>());
                } else {
                    kept.add(new Kept(origin, line, "A section is named zram and a number; others are ignored."));
                    section = "";
                }
            } else if (!section.isEmpty() && stripped.indexOf('=') > 0) {
                int equals = stripped.indexOf('=');
                sections.computeIfAbsent(section, name -> new LinkedHashMap<>())
                        .put(
                                stripped.substring(0, equals).strip(),
                                new Entry(unquote(stripped.substring(equals + 1).strip()), origin));
            } else {
                kept.add(new Kept(origin, line, "This line is not understood."));
            }
        }
    }

    /** Quotes and backslashes as the generator's library reads them. */
    private static String unquote(String value) {
        char first = value.isEmpty() ? 0 : value.charAt(0);
        boolean quoted =
                value.length() >= 2 && (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
        String inner = quoted ? value.substring(1, value.length() - 1) : value;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\' && i + 1 < inner.length()) {
                char next = inner.charAt(++i);
                text.append(next == 't' ? '\t' : next == 'n' ? '\n' : next);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void device(String name, Map<String, Entry> entries) {
        Map<String, Entry> rest = new LinkedHashMap<>(entries);
        String origin =
                entries.isEmpty() ? name : entries.values().iterator().next().origin();
        try {
            ByteSize size = size(take(rest, "zram-size"), origin);
            String algorithm = take(rest, "compression-algorithm");
            String limit = take(rest, "zram-resident-limit");
            String backing = take(rest, "writeback-device");
            if (algorithm != null && !algorithm.matches("[a-z0-9_-]+")) {
                kept.add(new Kept(origin, "compression-algorithm = " + algorithm, "Only one name is understood."));
                algorithm = null;
            }
            ImportedMount options = new ImportedMount(or(take(rest, "options"), "discard"));
            DeviceUse use = use(rest, options);
            found.add(new Found(
                    new ConfigVolume.Zram(
                            new ZramSpec(
                                    size,
                                    algorithm == null ? null : ZramAlgorithm.of(algorithm),
                                    List.of(),
                                    limit == null ? null : size(limit, origin),
                                    use,
                                    backing,
                                    null,
                                    false),
                            options.extra()),
                    origin));
            options.unknown().forEach(option -> kept.add(new Kept(origin, option, "This option is not understood.")));
            rest.forEach((key, entry) -> kept.add(new Kept(
                    entry.origin(),
                    key + " = " + entry.value(),
                    key.equals("host-memory-limit") && entry.value().equals("none")
                            ? "It says what is so without it."
                            : "This setting is not understood.")));
        } catch (CramdiskException | IllegalArgumentException e) {
            StringBuilder text = new StringBuilder("[" + name + "]");
            entries.forEach(
                    (key, entry) -> text.append('\n').append(key).append(" = ").append(entry.value()));
            kept.add(new Kept(origin, text.toString(), String.valueOf(e.getMessage())));
        }
    }

    private ByteSize size(@Nullable String expression, String origin) {
        String text = or(expression, DEFAULT_SIZE);
        double mebibytes = SizeExpression.evaluate(text, (double) ramBytes / MEBI);
        if (text.contains("ram")) {
            kept.add(new Kept(
                    origin, "zram-size = " + text, "It depends on the memory; what it is on this machine was taken."));
        }
        long bytes = (long) (mebibytes * MEBI);
        return new ByteSize(bytes - bytes % ZramSpec.SIZE_STEP.bytes());
    }

    private static DeviceUse use(Map<String, Entry> rest, ImportedMount options) {
        String target = take(rest, "mount-point");
        String type = take(rest, "fs-type");
        if (target == null && (type == null || type.equals("swap"))) {
            String priority = take(rest, "swap-priority");
            int number = priority == null ? DEFAULT_PRIORITY : Integer.parseInt(priority);
            String policy = options.takeValue("discard");
            DeviceSwap.Discard discard = policy != null
                    ? DeviceSwap.Discard.parse(policy)
                    : options.take("discard") ? DeviceSwap.Discard.BOTH : DeviceSwap.Discard.NONE;
            return new DeviceSwap(number < 0 ? null : number, discard, null, null);
        }
        FilesystemType filesystem = FilesystemType.parse(or(type, "ext2"));
        options.take("nodiscard");
        boolean discard = options.take("discard") || options.takeValue("discard") != null;
        return new DeviceFilesystem(
                filesystem,
                FstabParser.plain(String.valueOf(target)),
                true,
                null,
                null,
                null,
                null,
                null,
                options.flags(),
                options.takeMatching(filesystem::allows),
                !discard);
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static @Nullable String take(Map<String, Entry> entries, String key) {
        Entry entry = entries.remove(key);
        return entry == null ? null : entry.value();
    }
}
