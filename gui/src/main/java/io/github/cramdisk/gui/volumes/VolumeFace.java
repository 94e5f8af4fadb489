// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A volume as its card shows it.
 *
 * @param used share of the size that is used, 0 to 1
 * @param cost share of the size that it costs in memory, 0 to 1
 */
record VolumeFace(
        VolumeInfo volume,
        String title,
        String chip,
        String get,
        String usedText,
        double used,
        String costs,
        String swappedText,
        double cost,
        String options,
        String users,
        Set<Can> can) {
    /** What can be done with a volume. */
    enum Can {
        OPEN,
        CHANGE,
        ADOPT,
        REMOVE
    }

    static VolumeFace of(VolumeInfo volume) {
        Long size = volume.sizeBytes();
        boolean untold = volume.atLeast();
        boolean onDisk = volume.kind() == VolumeKind.SWAP;
        double whole = size == null || size == 0 ? 1 : size;
        Long swapped = volume.swappedBytes();
        return new VolumeFace(
                volume,
                volume.kind() == VolumeKind.DISK
                        ? Objects.requireNonNullElse(volume.name(), volume.title())
                        : volume.title(),
                chip(volume),
                size == null
                        ? Texts.of("volumes.no-limit")
                        : size == 0
                                ? Texts.of("volumes.not-set-up")
                                : Texts.of("common.you-get", Sizes.formatShort(size)),
                untold
                        ? Texts.of("volumes.use-unknown")
                        : volume.usedBytes() == 0
                                ? Texts.of("common.empty")
                                : Texts.of("common.used", Sizes.formatShort(volume.usedBytes())),
                size == null ? 0 : Math.min(1, volume.usedBytes() / whole),
                untold
                        ? Texts.of("volumes.cost-unknown")
                        : onDisk
                                ? Texts.of("volumes.no-memory")
                                : Texts.of("common.it-costs", Sizes.formatShort(volume.residentBytes())),
                swapped != null && swapped > 0 && !onDisk
                        ? Texts.of("volumes.swapped", Sizes.formatShort(swapped))
                        : "",
                size == null ? 0 : Math.min(1, volume.residentBytes() / whole),
                // The size stands beside it already, readable.
                volume.options().stream()
                        .filter(option -> !option.startsWith("size="))
                        .collect(Collectors.joining(", ")),
                users(volume),
                can(volume));
    }

    private static String chip(VolumeInfo volume) {
        boolean swap = volume.options().contains("swap");
        return volume.kind().text()
                + (volume.kind() == VolumeKind.ZRAM && swap ? " · " + Texts.of("volumes.swap") : "");
    }

    private static String users(VolumeInfo volume) {
        return switch (volume.users().size()) {
            case 0 -> "";
            case 1 -> Texts.of("volumes.used-by", volume.users().get(0));
            default ->
                Texts.of(
                        "volumes.used-by-many",
                        volume.users().get(0),
                        volume.users().size() - 1);
        };
    }

    private static Set<Can> can(VolumeInfo volume) {
        Set<Can> can = EnumSet.noneOf(Can.class);
        switch (volume.kind()) {
            case DISK -> can.add(Can.OPEN);
            case TMPFS -> can.addAll(EnumSet.of(Can.CHANGE, Can.REMOVE));
            case RAMFS, ZRAM -> can.add(Can.REMOVE);
            case ZSWAP, SWAP, NBD -> {}
        }
        if (OwnVolumes.isAdoptable(volume)) {
            can.add(Can.ADOPT);
        }
        if (!volume.managed() && OwnVolumes.isOfTheSystem(volume)) {
            can.remove(Can.REMOVE);
        }
        return can;
    }
}
