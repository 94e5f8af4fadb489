// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.host.zram.ZramState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the limits of all volumes together promise, against what the machine has.
 *
 * <p>Volumes of the system itself ({@code /run}, {@code /dev/shm} and the like) count with what is in them: their limits
 * are half of the memory each on every machine and say nothing. A disk or zram device without a limit counts with what
 * it costs now, and swap on zram not at all, because it holds what would be in memory anyway. What the disks of the engine
 * cost counts with them, not with the tmpfs that it lies in.
 */
final class MemoryPromises {
    private static final List<String> SYSTEM = List.of("/run", "/dev", "/sys", "/proc", "/var/lock", "/tmp");

    private MemoryPromises() {}

    /** Whether the system itself mounts something at or below this path. */
    static boolean isOfTheSystem(String target) {
        // A volume that somebody mounted below /tmp or /run is theirs; the directories themselves are the system's.
        return SYSTEM.contains(target)
                || target.startsWith("/dev/")
                || target.startsWith("/sys/")
                || target.startsWith("/proc/")
                || target.startsWith("/run/");
    }

    /** What all limits come to, and what there is; bytes. */
    record Sum(long promisedBytes, long memoryBytes, long diskSwapBytes) {
        boolean exceeds() {
            return promisedBytes > add(memoryBytes, diskSwapBytes);
        }

        /** The arguments of {@link EventKind#MEMORY_OVERCOMMITTED}. */
        Object[] arguments() {
            return new Object[] {
                new ByteSize(promisedBytes).format(),
                new ByteSize(memoryBytes).format(),
                new ByteSize(diskSwapBytes).format()
            };
        }
    }

    static Sum sum(Machine machine, List<VolumeInfo> volumes, List<DiskInfo> disks, Ownership ownership) {
        long promised = 0;
        for (VolumeInfo volume : volumes) {
            promised = add(promised, promise(machine, volume, disks, ownership));
        }
        return new Sum(promised, machine.memory().totalBytes(), machine.diskSwapBytes());
    }

    static List<Warning> warnings(
            Machine machine, List<VolumeInfo> volumes, List<DiskInfo> disks, Ownership ownership) {
        List<Warning> warnings = new ArrayList<>();
        Sum sum = sum(machine, volumes, disks, ownership);
        if (sum.exceeds()) {
            warnings.add(Warning.of(WarningKind.MEMORY_OVERCOMMITTED, sum.arguments()));
        }
        String unlimited = volumes.stream()
                .filter(volume -> volume.kind() == VolumeKind.TMPFS || volume.kind() == VolumeKind.RAMFS)
                .filter(volume -> volume.sizeBytes() == null && !isOfTheSystem(volume.title()))
                .map(VolumeInfo::title)
                .collect(Collectors.joining(", "));
        if (!unlimited.isEmpty()) {
            warnings.add(Warning.of(WarningKind.VOLUMES_UNLIMITED, unlimited));
        }
        return warnings;
    }

    private static long promise(Machine machine, VolumeInfo volume, List<DiskInfo> disks, Ownership ownership) {
        return switch (volume.kind()) {
            case TMPFS, RAMFS ->
                volume.sizeBytes() == null || isOfTheSystem(volume.title())
                        ? withoutDisks(volume, disks, ownership)
                        : volume.sizeBytes();
            case ZRAM ->
                machine.swapOn(volume.device() == null ? "" : volume.device()).isPresent()
                        ? 0
                        : limitOf(machine, volume);
            case DISK ->
                disks.stream()
                        .filter(disk -> disk.name().equals(volume.name()))
                        .map(DiskInfo::ramLimitBytes)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(volume.residentBytes());
            case ZSWAP, SWAP, NBD -> 0;
        };
    }

    private static long withoutDisks(VolumeInfo volume, List<DiskInfo> disks, Ownership ownership) {
        long ofDisks = ownership.holdsDisks(volume.title())
                ? disks.stream().mapToLong(DiskInfo::residentBytes).sum()
                : 0;
        return Math.max(0, volume.residentBytes() - ofDisks);
    }

    private static long limitOf(Machine machine, VolumeInfo volume) {
        return machine.zrams().stream()
                .filter(zram -> zram.path().equals(volume.device()))
                .map(ZramState::memory)
                .filter(memory -> memory.limitBytes() > 0)
                .map(memory -> memory.limitBytes())
                .findFirst()
                .orElse(volume.residentBytes());
    }

    /** A tmpfs of 8 EiB is a size that people write to mean "large". */
    private static long add(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
