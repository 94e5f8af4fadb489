// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The zram devices that the files of a machine make, so that no two of them want the same. Without state. */
final class ZramNumbers {
    private static final List<String> PLACES =
            List.of("/usr/lib/systemd", "/usr/local/lib/systemd", "/etc/systemd", "/run/systemd");
    private static final String CONF = "/zram-generator.conf";
    private static final Pattern SERVICE = Pattern.compile("cramdisk-zram([0-9]{1,6})\\.service");
    private static final Pattern KERNEL = Pattern.compile("KERNEL==\"zram([0-9]{1,6})\"");

    private ZramNumbers() {}

    /** Of all files but those that Cramdisk writes in {@code own}, for these are written anew. */
    static SortedSet<Integer> taken(ConfigFormat own, MachineFiles machine) throws IOException {
        SortedSet<Integer> taken = new TreeSet<>();
        Map<String, String> generator = generatorFiles(machine);
        if (own == ConfigFormat.ZRAM_GENERATOR) {
            generator.remove(ZramGeneratorFormat.FILE);
        }
        taken.addAll(ZramGeneratorParser.devices(generator));
        if (own != ConfigFormat.SYSTEMD) {
            for (String name : machine.list(SystemdFormat.SYSTEM)) {
                add(taken, SERVICE.matcher(name));
            }
        }
        if (own != ConfigFormat.FSTAB) {
            add(taken, KERNEL.matcher(text(machine, UdevFormat.RULES)));
        }
        return taken;
    }

    /** In the order in which zram-generator reads them: the main file, then the drop-ins by their names. */
    static Map<String, String> generatorFiles(MachineFiles machine) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String place : PLACES) {
            byte[] main = machine.read(place + CONF);
            if (main != null) {
                files.put(place + CONF, new String(main, StandardCharsets.UTF_8));
            }
        }
        Map<String, String> dropIns = new java.util.TreeMap<>();
        for (String place : PLACES) {
            for (String name : machine.list(place + CONF + ".d")) {
                if (name.endsWith(".conf")) {
                    dropIns.put(name, place + CONF + ".d/" + name);
                }
            }
        }
        for (String path : dropIns.values()) {
            files.put(path, text(machine, path));
        }
        return files;
    }

    private static void add(SortedSet<Integer> taken, Matcher matcher) {
        while (matcher.find()) {
            taken.add(Integer.valueOf(matcher.group(1)));
        }
    }

    static String text(MachineFiles machine, String path) throws IOException {
        byte[] bytes = machine.read(path);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
