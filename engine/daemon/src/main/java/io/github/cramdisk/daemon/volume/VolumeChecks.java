// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
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
        for (String warning : MemoryPromises.warnings(machine, volumes, disks, ownership)) {
            findings.add(new Finding(
                    "limits-overcommitted",
                    Severity.WARNING,
                    warning,
                    "The kernel accepts every limit and keeps none of these promises.",
                    "Make the limits smaller, so that their sum fits.",
                    "cramdisk list"));
        }
        for (String warning : MemLimitWatch.warnings(machine)) {
            findings.add(new Finding(
                    "zram-limit-near",
                    Severity.PROBLEM,
                    warning,
                    "Below a filesystem a memory limit is not \"disk full\" but a broken device.",
                    "Raise or remove the limit.",
                    null));
        }
        machine.zrams().forEach(zram -> device(machine, zram, findings));
        volumes.forEach(volume -> full(volume, findings));
        definitions(machine, findings);
        return findings;
    }

    private void device(Machine machine, ZramState zram, List<Finding> findings) {
        if (zram.io().failedWrites() > 0) {
            findings.add(new Finding(
                    "zram-writes-failed",
                    Severity.PROBLEM,
                    zram.path() + " could not store " + zram.io().failedWrites() + " writes.",
                    "What was written there is lost, although the writer was told that it is safe.",
                    "Save what can still be read, then reset the device without a memory limit.",
                    "cramdisk zram reset " + zram.path()));
        }
        if (!zram.initialised() && zram.index() > 0 && ownership.ofZram(zram).isEmpty()) {
            findings.add(new Finding(
                    "zram-not-set-up",
                    Severity.HINT,
                    zram.path() + " was added and never set up.",
                    "It costs little, but nobody uses it.",
                    "Remove it, unless a program of yours is about to use it.",
                    "cramdisk zram remove " + zram.path()));
        }
        boolean keepsDeleted = VolumeReader.mountOf(machine, zram)
                .filter(mount -> !mount.type().equals("swap")
                        && mount.superOptions().stream().noneMatch(option -> option.startsWith("discard")))
                .isPresent();
        if (keepsDeleted) {
            findings.add(new Finding(
                    "zram-without-discard",
                    Severity.HINT,
                    "The filesystem on " + zram.path() + " does not tell the device what was deleted.",
                    "Deleted files keep their memory.",
                    "Mount it with discard, or run fstrim now and then.",
                    "fstrim "
                            + ShellText.word(VolumeReader.mountOf(machine, zram)
                                    .map(mount -> mount.target())
                                    .orElse(""))));
        }
    }

    private static void full(VolumeInfo volume, List<Finding> findings) {
        Long size = volume.sizeBytes();
        if (volume.kind() != VolumeKind.TMPFS || size == null || size == 0) {
            return;
        }
        if (volume.usedBytes() >= size / PERCENT * FULL_PERCENT) {
            findings.add(new Finding(
                    "tmpfs-full",
                    Severity.WARNING,
                    "The tmpfs at " + volume.title() + " is nearly full: " + new ByteSize(volume.usedBytes()).format()
                            + " of " + new ByteSize(size).format() + ".",
                    "Programs that write there fail with \"no space left on device\".",
                    "Delete files there, or make it larger; nothing is lost by that.",
                    "cramdisk tmpfs remount " + ShellText.word(volume.title()) + " --size "
                            + new ByteSize(2 * size).formatExact()));
        }
    }

    private void definitions(Machine machine, List<Finding> findings) {
        house.definitions()
                .broken()
                .forEach((file, reason) -> findings.add(new Finding(
                        "definition-broken",
                        Severity.PROBLEM,
                        "The definition " + file + " cannot be used: " + reason,
                        "Its volume is not made at the start of the machine.",
                        "Correct or delete the file, then restart the engine.",
                        "cramdisk engine stop")));
        for (VolumeDefinition definition : house.definitions().all()) {
            String missing = missing(machine, definition);
            if (missing != null) {
                findings.add(new Finding(
                        "volume-missing",
                        Severity.WARNING,
                        missing + " is defined, but it is not there.",
                        "Something else took it away, or it could not be made at the start; the engine's log tells.",
                        "Make it again, or forget it by unmounting or removing it.",
                        null));
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
        return there ? null : "The " + definition.title();
    }
}
