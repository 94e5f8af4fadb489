// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What applying volumes in a format would make of the files of a machine: the files of that format, and no others. A file
 * that is there and not Cramdisk's is never overwritten; one that Cramdisk wrote and that is not needed any more goes.
 *
 * @param export what was rendered, for this machine
 * @param changes only files whose content would change, by path
 */
public record ConfigPlan(ConfigExport export, List<Change> changes) {
    private static final String OURS = "ritten by Cramdisk";
    private static final List<String> LIBRARIES = List.of("/usr/lib/cramdisk", "/usr/local/lib/cramdisk");
    private static final List<String> COMMANDS = List.of("/usr/bin", "/usr/local/bin");

    public ConfigPlan {
        changes = List.copyOf(changes);
    }

    /**
     * @param before null where the file is not there
     * @param after null where it goes
     * @param part whether only the block of Cramdisk differs
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by path only
    public record Change(String path, byte @Nullable [] before, byte @Nullable [] after, boolean part) {}

    /**
     * @throws CramdiskException {@link ErrorKind#CONFIG_NOT_APPLICABLE} or {@link ErrorKind#CONFIG_REFUSED}
     */
    public static ConfigPlan make(ConfigFormat format, List<ConfigVolume> volumes, MachineFiles machine)
            throws IOException {
        if (!format.appliable()) {
            throw notApplicable(format, "it has no place of its own");
        }
        if (format == ConfigFormat.NIXOS && machine.list("/etc/nixos").isEmpty()) {
            throw notApplicable(format, "this machine does not run NixOS");
        }
        ConfigExport export = ConfigFormats.render(format, volumes, context(format, machine));
        if (export.files().isEmpty() && !volumes.isEmpty()) {
            throw new CramdiskException(
                    ErrorKind.CONFIG_REFUSED,
                    "none of the volumes can be expressed. "
                            + export.notes().get(0).sentence());
        }
        if (format == ConfigFormat.SYSTEMD) {
            requireProgram(export, machine);
        }
        Map<String, Change> changes = new TreeMap<>();
        Map<String, ConfigFile> wanted = new TreeMap<>();
        export.files().stream()
                .filter(file -> file.path().startsWith("/"))
                .forEach(file -> wanted.put(file.path(), file));
        for (ConfigFile file : wanted.values()) {
            add(changes, change(file, machine));
        }
        for (String path : owned(format, machine)) {
            if (!wanted.containsKey(path)) {
                add(changes, removal(path, machine));
            }
        }
        return new ConfigPlan(export, List.copyOf(changes.values()));
    }

    /** What a text for this machine depends on: zram devices that other files make, and where Cramdisk is installed. */
    public static RenderContext context(ConfigFormat format, MachineFiles machine) throws IOException {
        return new RenderContext(
                ZramNumbers.taken(format, machine),
                machine.ramBytes(),
                firstOf(COMMANDS, "/cramdisk", machine),
                firstOf(LIBRARIES, "/cramdisk-zram", machine));
    }

    private static String firstOf(List<String> directories, String program, MachineFiles machine) {
        return directories.stream()
                .filter(directory -> machine.isProgram(directory + program))
                .findFirst()
                .orElse(directories.get(0));
    }

    private static void requireProgram(ConfigExport export, MachineFiles machine) {
        boolean needed = export.files().stream().anyMatch(file -> file.name().matches("cramdisk-zram[0-9]+\\.service"));
        if (needed && LIBRARIES.stream().noneMatch(directory -> machine.isProgram(directory + "/cramdisk-zram"))) {
            throw notApplicable(
                    ConfigFormat.SYSTEMD, "the units need the program cramdisk-zram, which is not installed");
        }
    }

    private static CramdiskException notApplicable(ConfigFormat format, String why) {
        return new CramdiskException(ErrorKind.CONFIG_NOT_APPLICABLE, format.text(), why);
    }

    private static void add(Map<String, Change> changes, Change change) {
        if (!MarkedBlock.same(change.before(), change.after())) {
            changes.put(change.path(), change);
        }
    }

    private static Change change(ConfigFile file, MachineFiles machine) throws IOException {
        byte[] before = machine.read(file.path());
        if (file.part()) {
            return new Change(file.path(), before, replace(file.path(), before, file.text()), true);
        }
        if (before != null && !isOurs(before)) {
            throw new CramdiskException(
                    ErrorKind.CONFIG_REFUSED,
                    "the file " + file.path() + " is there and was not written by Cramdisk. Move it away first.");
        }
        return new Change(file.path(), before, file.text().getBytes(StandardCharsets.UTF_8), false);
    }

    /** Without the lines of Cramdisk. */
    private static Change removal(String path, MachineFiles machine) throws IOException {
        byte[] before = machine.read(path);
        boolean part = path.equals(FstabFormat.FSTAB);
        return new Change(path, before, part && before != null ? replace(path, before, "") : null, part);
    }

    /**
     * The file with other lines between the marks of Cramdisk.
     *
     * @throws CramdiskException {@link ErrorKind#CONFIG_REFUSED} when the marks are damaged
     */
    public static byte[] replace(String path, byte @Nullable [] file, String lines) {
        try {
            return MarkedBlock.replace(file, lines);
        } catch (MarkedBlock.DamagedException e) {
            throw new CramdiskException(ErrorKind.CONFIG_REFUSED, e, path + ": " + e.getMessage() + ".");
        }
    }

    /**
     * The lines between the marks of Cramdisk; empty where there are none.
     *
     * @throws CramdiskException {@link ErrorKind#CONFIG_REFUSED} when the marks are damaged
     */
    public static String block(String path, byte @Nullable [] file) {
        try {
            return MarkedBlock.inside(file).orElse("");
        } catch (MarkedBlock.DamagedException e) {
            throw new CramdiskException(ErrorKind.CONFIG_REFUSED, e, path + ": " + e.getMessage() + ".");
        }
    }

    /** The files of a format that Cramdisk wrote on this machine. */
    private static List<String> owned(ConfigFormat format, MachineFiles machine) throws IOException {
        List<String> candidates = new ArrayList<>();
        switch (format) {
            case FSTAB -> {
                candidates.addAll(List.of(UdevFormat.RULES, UdevFormat.MODULE_OPTIONS, UdevFormat.MODULE_LOAD));
                if (!block(FstabFormat.FSTAB, machine.read(FstabFormat.FSTAB)).isEmpty()) {
                    candidates.add(FstabFormat.FSTAB);
                }
            }
            case SYSTEMD -> {
                for (String name : machine.list(SystemdFormat.SYSTEM)) {
                    if (UnitParser.reads(name)) {
                        candidates.add(SystemdFormat.SYSTEM + name);
                    } else if (name.endsWith(".target.d")) {
                        candidates.add(SystemdFormat.SYSTEM + name + SystemdFormat.DROP_IN.substring(2));
                    }
                }
            }
            case ZRAM_GENERATOR -> candidates.add(ZramGeneratorFormat.FILE);
            case NIXOS -> candidates.add(NixosFormat.FILE);
            default -> throw new IllegalArgumentException(format.text());
        }
        List<String> owned = new ArrayList<>();
        for (String path : candidates) {
            byte[] content = machine.read(path);
            if (content != null && (path.equals(FstabFormat.FSTAB) || isOurs(content))) {
                owned.add(path);
            }
        }
        return owned;
    }

    /** Its first line says so. */
    private static boolean isOurs(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        return text.startsWith("#") && (end < 0 ? text : text.substring(0, end)).contains(OURS);
    }
}
