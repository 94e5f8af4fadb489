// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
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
     * @param colors colour of a disk by name
     */
    public static MemoryParts of(Snapshot snapshot, long windowBytes, ToIntFunction<String> colors) {
        MachineMemory memory = snapshot.memory();
        long applications = Math.max(0, memory.applicationsBytes());
        long cramdisk = Math.min(applications, memory.engineBytes() + windowBytes);
        long residents = snapshot.disks().stream()
                .mapToLong(disk -> disk.info().residentBytes())
                .sum();
        // What the disks hold beyond what they report (or the reverse, for a moment) is shared memory all the same.
        long shared = Math.max(0, memory.sharedBytes() + memory.disksBytes() - residents);

        List<MemoryPart> parts = new ArrayList<>();
        parts.add(plain(MemoryPart.Kind.APPLICATIONS, Texts.of("memorybar.applications"), "", applications - cramdisk));
        parts.add(plain(
                MemoryPart.Kind.CRAMDISK,
                Texts.of("memorybar.cramdisk"),
                Texts.of("memorybar.cramdisk.note", Sizes.format(memory.engineBytes()), Sizes.format(windowBytes)),
                cramdisk));
        parts.add(plain(MemoryPart.Kind.KERNEL, Texts.of("memorybar.kernel"), "", memory.kernelBytes()));
        parts.add(
                plain(MemoryPart.Kind.SHARED, Texts.of("memorybar.shared"), Texts.of("memorybar.shared.note"), shared));
        for (DiskStats disk : snapshot.disks()) {
            String name = disk.info().name();
            parts.add(new MemoryPart(
                    MemoryPart.Kind.DISK,
                    name,
                    Texts.of("memorybar.disk", Sizes.format(disk.info().logicalBytes())),
                    disk.info().residentBytes(),
                    colors.applyAsInt(name)));
        }
        parts.add(plain(
                MemoryPart.Kind.CACHE,
                Texts.of("memorybar.cache"),
                Texts.of("memorybar.cache.note"),
                memory.cacheBytes()));
        long used = parts.stream().mapToLong(MemoryPart::bytes).sum();
        parts.add(plain(MemoryPart.Kind.FREE, Texts.of("memorybar.free"), "", Math.max(0, memory.totalBytes() - used)));
        return new MemoryParts(memory.totalBytes(), parts);
    }

    private static MemoryPart plain(MemoryPart.Kind kind, String label, String note, long bytes) {
        return new MemoryPart(kind, label, note, bytes, -1);
    }

    public long freeBytes() {
        return parts.stream()
                .filter(part -> part.kind() == MemoryPart.Kind.FREE)
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
