// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.host.zram.ZramState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

    static List<String> warnings(Machine machine, List<VolumeInfo> volumes, List<DiskInfo> disks, Ownership ownership) {
        List<String> warnings = new ArrayList<>();
        long promised = 0;
        List<String> unlimited = new ArrayList<>();
        for (VolumeInfo volume : volumes) {
            promised = add(promised, promise(machine, volume, disks, ownership));
            boolean limitless = volume.kind() == VolumeKind.TMPFS || volume.kind() == VolumeKind.RAMFS;
            if (limitless && volume.sizeBytes() == null && !isOfTheSystem(volume.title())) {
                unlimited.add(volume.title());
            }
        }
        long memory = machine.memory().totalBytes();
        long swap = machine.diskSwapBytes();
        if (promised > add(memory, swap)) {
            warnings.add("The limits of all volumes together are " + new ByteSize(promised).format()
                    + ", but this machine has " + new ByteSize(memory).format() + " of memory and "
                    + (swap == 0 ? "no swap on disk" : new ByteSize(swap).format() + " of swap on disk")
                    + ". They cannot all be filled: when memory runs out, programs are killed.");
        }
        if (!unlimited.isEmpty()) {
            warnings.add("Nothing limits " + String.join(", ", unlimited)
                    + ": what is written there can take all memory of this machine.");
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
