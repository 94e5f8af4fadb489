// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.Finding.Severity;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.config.ShellText;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.host.zram.ZramState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the volumes themselves and with their definitions. */
final class VolumeChecks {
    private static final int FULL_PERCENT = 95;
    private static final int PERCENT = 100;

    private final VolumeHouse house;
    private final Ownership ownership;

    VolumeChecks(VolumeHouse house, Ownership ownership) {
        this.house = house;
        this.ownership = ownership;
    }

    List<Finding> examine(Machine machine, List<VolumeInfo> volumes, List<DiskInfo> disks) {
        List<Finding> findings = new ArrayList<>();
        for (Warning warning : MemoryPromises.warnings(machine, volumes, disks, ownership)) {
            String id = warning.kind() == WarningKind.VOLUMES_UNLIMITED ? "volumes-unlimited" : "limits-overcommitted";
            findings.add(Finding.of(
                    id, Severity.WARNING, "cramdisk list", warning.arguments().toArray()));
        }
        for (Warning warning : MemLimitWatch.warnings(machine)) {
            List<String> told = warning.arguments();
            String raise = "cramdisk zram set " + told.get(0) + " --mem-limit " + told.get(told.size() - 1);
            findings.add(Finding.of("zram-limit-near", Severity.PROBLEM, raise, told.toArray()));
        }
        machine.zrams().forEach(zram -> device(machine, zram, findings));
        volumes.forEach(volume -> full(volume, findings));
        definitions(machine, findings);
        return findings;
    }

    private void device(Machine machine, ZramState zram, List<Finding> findings) {
        if (zram.io().failedWrites() > 0) {
            findings.add(Finding.of(
                    "zram-writes-failed",
                    Severity.PROBLEM,
                    "cramdisk zram reset " + zram.path(),
                    zram.path(),
                    zram.io().failedWrites()));
        }
        if (!zram.initialised() && zram.index() > 0 && ownership.ofZram(zram).isEmpty()) {
            findings.add(
                    Finding.of("zram-not-set-up", Severity.HINT, "cramdisk zram remove " + zram.path(), zram.path()));
        }
        boolean keepsDeleted = VolumeReader.mountOf(machine, zram)
                .filter(mount -> !mount.type().equals("swap")
                        && mount.superOptions().stream().noneMatch(option -> option.startsWith("discard")))
                .isPresent();
        if (keepsDeleted) {
            findings.add(Finding.of(
                    "zram-without-discard",
                    Severity.HINT,
                    "fstrim "
                            + ShellText.word(VolumeReader.mountOf(machine, zram)
                                    .map(mount -> mount.target())
                                    .orElse("")),
                    zram.path()));
        }
    }

    private static void full(VolumeInfo volume, List<Finding> findings) {
        Long size = volume.sizeBytes();
        if (volume.kind() != VolumeKind.TMPFS || size == null || size == 0) {
            return;
        }
        if (volume.usedBytes() >= size / PERCENT * FULL_PERCENT) {
            findings.add(Finding.of(
                    "tmpfs-full",
                    Severity.WARNING,
                    "cramdisk tmpfs remount " + ShellText.word(volume.title()) + " --size "
                            + new ByteSize(2 * size).formatExact(),
                    volume.title(),
                    new ByteSize(volume.usedBytes()).format(),
                    new ByteSize(size).format()));
        }
    }

    private void definitions(Machine machine, List<Finding> findings) {
        house.definitions()
                .broken()
                .forEach((file, reason) -> findings.add(
                        Finding.of("definition-broken", Severity.PROBLEM, "cramdisk engine stop", file, reason)));
        for (VolumeDefinition definition : house.definitions().all()) {
            String missing = missing(machine, definition);
            if (missing != null) {
                findings.add(Finding.of("volume-missing", Severity.WARNING, null, missing));
            }
        }
    }

    private @Nullable String missing(Machine machine, VolumeDefinition definition) {
        String target = definition.target();
        boolean there = target != null
                ? machine.mounts()
                        .at(target)
                        .filter(mount ->
                                mount.type().equals(definition.spec().kind().text()))
                        .isPresent()
                : machine.zrams().stream()
                        .anyMatch(zram -> ownership
                                .ofZram(zram)
                                .filter(definition::equals)
                                .isPresent());
        return there ? null : definition.title();
    }
}
