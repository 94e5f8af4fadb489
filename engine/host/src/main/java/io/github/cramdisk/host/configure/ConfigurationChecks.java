// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.configure;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.config.ConfigPlan;
import io.github.cramdisk.host.verb.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the machine's own programs whether configuration would work, before it takes effect. */
public class ConfigurationChecks {
    private static final String FSTAB = "/etc/fstab";
    private static final String UNITS = "/etc/systemd/system/";
    private static final String GENERATOR = "/lib/systemd/system-generators/zram-generator";
    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    /** What is true only until the next start, or not a fault: a directory or device that is made then. */
    private static final Pattern LATER = Pattern.compile(
            "unreachable on boot required target.*|unreachable.*|non-bind mount source .*|.*seems unsupported.*");

    private final Programs programs;

    public ConfigurationChecks(Programs programs) {
        this.programs = programs;
    }

    /** @throws CramdiskException {@link ErrorKind#CONFIG_REFUSED} with what the program said */
    void check(ConfigPlan plan, SystemFiles files) throws IOException {
        Path scratch = Files.createTempDirectory(
                "cramdisk-check", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            switch (plan.export().format()) {
                case FSTAB -> fstab(plan, scratch);
                case SYSTEMD -> units(plan, scratch);
                case ZRAM_GENERATOR -> {
                    if (!Files.exists(files.resolve(GENERATOR)) && !Files.exists(files.resolve("/usr" + GENERATOR))) {
                        throw new CramdiskException(
                                ErrorKind.CONFIG_NOT_APPLICABLE, "zram-generator", "zram-generator is not installed");
                    }
                }
                default -> {
                    // Nothing on the machine checks it.
                }
            }
        } finally {
            try (Stream<Path> tree = Files.walk(scratch)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Faults that are there already are their owner's; ours must add none. */
    private void fstab(ConfigPlan plan, Path scratch) throws IOException {
        for (ConfigPlan.Change change : plan.changes()) {
            byte[] after = change.after();
            if (!change.path().equals(FSTAB) || after == null) {
                continue;
            }
            List<String> now = faults(change.before(), scratch.resolve("before"));
            List<String> then = new ArrayList<>(faults(after, scratch.resolve("after")));
            now.forEach(then::remove);
            if (!then.isEmpty()) {
                throw new CramdiskException(
                        ErrorKind.CONFIG_REFUSED, "findmnt says of " + FSTAB + ": " + String.join("; ", then));
            }
        }
    }

    private List<String> faults(byte @Nullable [] fstab, Path file) throws IOException {
        if (fstab == null) {
            return List.of();
        }
        Files.write(file, fstab);
        Programs.Answer answer =
                programs.ask("findmnt", List.of("--verify", "--verbose", "--tab-file", file.toString()), Map.of());
        List<String> faults = new ArrayList<>();
        String target = "";
        for (String line : answer.output().split("\n", -1)) {
            String text = line.strip();
            if (text.startsWith("[E]")) {
                String fault = text.substring("[E]".length()).strip();
                if (!LATER.matcher(fault).matches()) {
                    faults.add(target + ": " + fault);
                }
            } else if (text.contains("parse error")) {
                if (!text.startsWith("0 parse errors")) {
                    // With the path of the file in it both readings would differ.
                    faults.add(text.replace(file.toString(), FSTAB).replaceAll(", .*", ""));
                }
            } else if (!text.isEmpty() && !text.startsWith("[")) {
                target = text;
            }
        }
        return faults;
    }

    /** Only the units that are written: what is wrong with others is not for us to say. */
    private void units(ConfigPlan plan, Path scratch) throws IOException {
        List<String> names = new ArrayList<>();
        for (ConfigPlan.Change change : plan.changes()) {
            byte[] after = change.after();
            if (after != null && change.path().startsWith(UNITS)) {
                Path file = scratch.resolve(change.path().substring(UNITS.length()));
                Files.createDirectories(file.getParent());
                Files.write(file, after);
            }
        }
        // Units that stay as they are may be required by the others.
        for (var file : plan.export().files()) {
            if (file.path().startsWith(UNITS)) {
                String name = file.path().substring(UNITS.length());
                Path path = scratch.resolve(name);
                if (!Files.exists(path)) {
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, file.text());
                }
                // systemd-analyze takes a colon in a path for the beginning of an alias.
                if (name.indexOf('/') < 0 && name.indexOf(':') < 0) {
                    names.add(path.toString());
                }
            }
        }
        if (names.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of("verify", "--man=no", "--recursive-errors=no"));
        arguments.addAll(names);
        Programs.Answer answer = programs.ask("systemd-analyze", arguments, Map.of("SYSTEMD_UNIT_PATH", scratch + ":"));
        if (answer.exit() != 0) {
            throw new CramdiskException(
                    ErrorKind.CONFIG_REFUSED,
                    "systemd-analyze says: "
                            + answer.output().replaceAll("\\s+", " ").strip());
        }
    }

    /** Tells systemd, where it runs. */
    void reload() {
        if (Files.isDirectory(SYSTEMD)) {
            programs.run("systemctl", List.of("daemon-reload"));
        }
    }
}
