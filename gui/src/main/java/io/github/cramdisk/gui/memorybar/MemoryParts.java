// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The machine's memory as parts that add up to its total, used ones first, free last.
 *
 * @param parts in the order of the bar
 */
public record MemoryParts(long totalBytes, List<MemoryPart> parts) {
    /** A machine about which nothing is known yet. */
    public static final MemoryParts UNKNOWN = new MemoryParts(0, List.of());

    public MemoryParts {
        parts = List.copyOf(parts);
    }

    /**
     * Splits a snapshot.
     *
     * @param windowBytes private memory of this window; like the engine's it is counted among the applications, and is
     *     taken out of them here
     * @param colors colour of a volume by its key
     */
    public static MemoryParts of(Snapshot snapshot, long windowBytes, ToIntFunction<String> colors) {
        MachineMemory memory = snapshot.memory();
        List<MemoryPart> volumes = new ArrayList<>();
        for (DiskStats disk : snapshot.disks()) {
            volumes.add(part(disk.info(), memory, colors));
        }
        // What the disks hold beyond what they report (or the reverse, for a moment) is shared memory all the same.
        Purse shared = new Purse(Math.max(0, memory.sharedBytes() + memory.disksBytes() - sum(volumes)));
        // The kernel counts the memory of zram nowhere: it is in what is left over.
        Purse applications = new Purse(Math.max(0, memory.applicationsBytes()));
        long cramdisk = applications.take(memory.engineBytes() + windowBytes);
        for (VolumeInfo volume : OwnVolumes.of(snapshot)) {
            long bytes = (isShared(volume) ? shared : applications).take(volume.residentBytes());
            volumes.add(part(volume, bytes, memory, colors));
        }
        long foreign = 0;
        for (VolumeInfo volume : OwnVolumes.foreign(snapshot)) {
            foreign += (isShared(volume) ? shared : applications).take(volume.residentBytes());
        }

        List<MemoryPart> parts = new ArrayList<>();
        parts.add(MemoryPart.plain(
                MemoryPart.Kind.APPLICATIONS, Texts.of("memorybar.applications"), "", applications.left()));
        parts.add(MemoryPart.plain(MemoryPart.Kind.KERNEL, Texts.of("memorybar.kernel"), "", memory.kernelBytes()));
        parts.add(MemoryPart.plain(
                MemoryPart.Kind.CRAMDISK,
                Texts.of("memorybar.cramdisk"),
                Texts.of("memorybar.cramdisk.note", Sizes.format(memory.engineBytes()), Sizes.format(windowBytes)),
                cramdisk));
        parts.add(MemoryPart.plain(
                MemoryPart.Kind.SHARED,
                Texts.of("memorybar.shared"),
                Texts.of("memorybar.shared.note"),
                shared.left()));
        parts.add(MemoryPart.plain(
                MemoryPart.Kind.FOREIGN, Texts.of("memorybar.foreign"), Texts.of("memorybar.foreign.note"), foreign));
        parts.addAll(volumes);
        parts.add(MemoryPart.plain(
                MemoryPart.Kind.CACHE,
                Texts.of("memorybar.cache"),
                Texts.of("memorybar.cache.note"),
                memory.cacheBytes()));
        parts.add(MemoryPart.plain(
                MemoryPart.Kind.FREE, Texts.of("memorybar.free"), "", Math.max(0, memory.totalBytes() - sum(parts))));
        return new MemoryParts(memory.totalBytes(), parts);
    }

    private static MemoryPart part(DiskInfo disk, MachineMemory memory, ToIntFunction<String> colors) {
        return new MemoryPart(
                MemoryPart.Kind.VOLUME,
                disk.name(),
                disk.name(),
                Texts.of("memorybar.volume", Texts.of("common.kind.disk"), Sizes.format(disk.logicalBytes())),
                disk.residentBytes(),
                colors.applyAsInt(disk.name()),
                Edge.of(disk, memory));
    }

    private static MemoryPart part(VolumeInfo volume, long bytes, MachineMemory memory, ToIntFunction<String> colors) {
        return new MemoryPart(
                MemoryPart.Kind.VOLUME,
                volume.title(),
                OwnVolumes.shortName(volume),
                Texts.of("memorybar.volume", OwnVolumes.kind(volume), Sizes.format(volume.usedBytes())),
                bytes,
                colors.applyAsInt(volume.title()),
                Edge.of(volume, memory));
    }

    private static boolean isShared(VolumeInfo volume) {
        return volume.kind() == VolumeKind.TMPFS;
    }

    private static long sum(List<MemoryPart> parts) {
        return parts.stream().mapToLong(MemoryPart::bytes).sum();
    }

    /** An amount of which parts are taken: what a volume tells of itself may include what is swapped out. */
    private static final class Purse {
        private long left;

        Purse(long bytes) {
            left = bytes;
        }

        long take(long bytes) {
            long taken = Math.max(0, Math.min(bytes, left));
            left -= taken;
            return taken;
        }

        long left() {
            return left;
        }
    }

    /** What a new volume can take: what is unused, and the cache, which the kernel gives back when needed. */
    public long freeBytes() {
        return bytes(MemoryPart.Kind.FREE) + bytes(MemoryPart.Kind.CACHE);
    }

    long bytes(MemoryPart.Kind kind) {
        return parts.stream()
                .filter(part -> part.kind() == kind)
                .mapToLong(MemoryPart::bytes)
                .sum();
    }

    /** The whole bar in a sentence, for a screen reader. */
    public String describe() {
        StringBuilder text = new StringBuilder(Texts.of("memorybar.total", Sizes.format(totalBytes)));
        parts.forEach(part -> text.append(", ").append(part.label()).append(' ').append(Sizes.format(part.bytes())));
        return text.toString();
    }
}
