// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import org.jspecify.annotations.Nullable;

/**
 * How far the edge of a volume can be moved. The edge of every kind is the most memory that the volume may take: of a
 * tmpfs its size, of a disk its RAM limit, of a zram device its memory limit. All in bytes.
 *
 * @param limitBytes what it is now; 0 for none
 * @param leastBytes below that it would not hold what is in it
 * @param whyLeast the reason in a few words
 * @param whyMost the reason in a few words
 * @param removable whether the limit can be taken away
 * @param caution what to think of while it is moved; may be empty
 */
public record Edge(
        long limitBytes,
        long leastBytes,
        String whyLeast,
        long mostBytes,
        String whyMost,
        boolean removable,
        String caution) {
    private static final long STEP = 1 << 20;

    /** Of a disk: its RAM limit. */
    static Edge of(DiskInfo disk, MachineMemory machine) {
        Long limit = disk.ramLimitBytes();
        long least = Math.max(DiskSpec.MIN_RAM_LIMIT.bytes(), disk.residentBytes());
        return edge(limit == null ? 0 : limit, least, holds(disk.residentBytes()), machine, true, "");
    }

    /** Of another volume; null where the kernel sets it no limit. */
    static @Nullable Edge of(VolumeInfo volume, MachineMemory machine) {
        Long size = volume.sizeBytes();
        return switch (volume.kind()) {
            case TMPFS ->
                size == null ? null : edge(size, volume.usedBytes(), holds(volume.usedBytes()), machine, false, "");
            case ZRAM ->
                size == null || size == 0
                        ? null
                        : edge(
                                memoryLimit(volume),
                                volume.residentBytes(),
                                holds(volume.residentBytes()),
                                machine,
                                true,
                                volume.target() == null ? "" : Texts.of("memorybar.edge.zram-filesystem"));
            case DISK, RAMFS, ZSWAP, SWAP, NBD -> null;
        };
    }

    private static String holds(long bytes) {
        return Texts.of("memorybar.edge.holds", Sizes.format(bytes));
    }

    private static Edge edge(
            long limit, long least, String whyLeast, MachineMemory machine, boolean removable, String caution) {
        long roundedLeast = Math.max(STEP, (least + STEP - 1) / STEP * STEP);
        return new Edge(
                limit,
                limit > 0 ? Math.min(limit, roundedLeast) : roundedLeast,
                whyLeast,
                Math.max(machine.totalBytes() / STEP * STEP, Math.max(limit, roundedLeast)),
                Texts.of("memorybar.edge.machine", Sizes.format(machine.totalBytes())),
                removable,
                caution);
    }

    private static long memoryLimit(VolumeInfo zram) {
        String option = "mem_limit=";
        return zram.options().stream()
                .filter(word -> word.startsWith(option))
                .mapToLong(word -> Long.parseLong(word.substring(option.length())))
                .findFirst()
                .orElse(0);
    }
}
