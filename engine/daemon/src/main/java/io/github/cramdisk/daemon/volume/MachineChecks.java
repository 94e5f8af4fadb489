// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.Finding.Severity;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What is wrong with the machine around the volumes: modules, logind, limits of processes. */
final class MachineChecks {
    /** Below it a process cannot lock what it needs to answer swap from memory. */
    private static final ByteSize SMALL_MEMLOCK = ByteSize.ofMebi(64);

    private static final String MEMLOCK_LINE = "Max locked memory";
    /** SYSTEMD's default boundary between users of the system and people; see users-groups of systemd. */
    private static final long FIRST_PERSON = 1000;

    private final VolumeHouse house;

    MachineChecks(VolumeHouse house) {
        this.house = house;
    }

    List<Finding> examine(Machine machine, KernelSupport kernel) {
        List<Finding> findings = new ArrayList<>();
        module(kernel, KernelFeature.ZRAM, "zram", findings);
        module(kernel, KernelFeature.NBD, "nbd", findings);
        removeIpc(findings);
        memlock(findings);
        return findings;
    }

    private void module(KernelSupport kernel, KernelFeature feature, String name, List<Finding> findings) {
        boolean loaded = Files.exists(house.root().resolve("sys/module/" + name));
        boolean builtIn = Files.exists(house.root().resolve("sys/class/" + name + "-control"));
        boolean loadable = kernel.has(feature);
        if (loaded || builtIn) {
            return;
        }
        findings.add(Finding.of(
                (loadable ? "module-not-loaded-" : "module-missing-") + name,
                loadable ? Severity.HINT : Severity.WARNING,
                loadable ? "modprobe " + name : null,
                kernel.release()));
    }

    /** Read as systemd reads it: the main file, then its drop-ins by name, the last word counts; see logind.conf(5). */
    private void removeIpc(List<Finding> findings) {
        boolean logind = Files.isDirectory(house.root().resolve("run/systemd/system"));
        boolean threatened =
                house.arenaDirectory().startsWith("/dev/shm") && house.caller().uid() >= FIRST_PERSON;
        if (!logind || !threatened) {
            return;
        }
        boolean removes = true;
        for (Path file : logindFiles()) {
            for (String line : lines(file)) {
                String plain = line.replace(" ", "").toLowerCase(Locale.ROOT);
                if (plain.startsWith("removeipc=")) {
                    removes = List.of("yes", "true", "on", "1").contains(plain.substring("removeipc=".length()));
                }
            }
        }
        if (removes) {
            findings.add(Finding.of("remove-ipc", Severity.WARNING, null, house.arenaDirectory()));
        }
    }

    private List<Path> logindFiles() {
        TreeMap<String, Path> dropIns = new TreeMap<>();
        for (String directory : List.of("usr/lib", "run", "etc")) {
            Path path = house.root().resolve(directory + "/systemd/logind.conf.d");
            configurations(path).forEach(file -> dropIns.put(file.getFileName().toString(), file));
        }
        List<Path> all = new ArrayList<>();
        all.add(house.root().resolve("etc/systemd/logind.conf"));
        all.addAll(dropIns.values());
        return all;
    }

    /** None where the directory is missing, or nobody may read it. */
    private static List<Path> configurations(Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.conf")) {
            files.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return KernelText.lines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private void memlock(List<Finding> findings) {
        for (String line : lines(house.root().resolve("proc/self/limits"))) {
            if (!line.startsWith(MEMLOCK_LINE) || house.caller().isRoot()) {
                continue;
            }
            List<String> words = KernelText.words(line.substring(MEMLOCK_LINE.length()));
            String soft = words.isEmpty() ? "" : words.get(0);
            if (soft.chars().allMatch(Character::isDigit) && !soft.isEmpty()) {
                ByteSize limit = new ByteSize(Long.parseLong(soft));
                if (limit.compareTo(SMALL_MEMLOCK) < 0) {
                    findings.add(Finding.of("memlock-limit", Severity.HINT, null, limit.format()));
                }
            }
        }
    }
}
