// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;

/**
 * A volume that somebody else made, as a line of the page.
 *
 * @param kind what it is and how large it may become
 * @param use what it takes now
 */
record ForeignRow(VolumeInfo volume, String title, String kind, String use, boolean adoptable) {
    /** @param ofDisks bytes of it that are the memory of disks, which are told with them */
    static ForeignRow of(VolumeInfo volume, long ofDisks) {
        Long size = volume.sizeBytes();
        String kind = volume.kind().text() + (isSwap(volume) ? " · " + Texts.of("overview.swap") : "");
        String limit = size == null
                ? Texts.of("common.no-limit")
                : size == 0 ? Texts.of("overview.not-set-up") : Texts.of("overview.of", Sizes.formatShort(size));
        return new ForeignRow(
                volume,
                volume.title(),
                kind + " · " + limit,
                volume.atLeast()
                        ? Texts.of("overview.use-untold")
                        : use(volume, Math.max(0, volume.usedBytes() - ofDisks)),
                OwnVolumes.isAdoptable(volume));
    }

    private static String use(VolumeInfo volume, long used) {
        if (used == 0) {
            return Texts.of("common.empty");
        }
        return volume.kind() == VolumeKind.ZRAM
                ? Texts.of("overview.holds-in", Sizes.format(used), Sizes.format(volume.residentBytes()))
                : Texts.of("common.used", Sizes.format(used));
    }

    private static boolean isSwap(VolumeInfo volume) {
        return volume.kind() == VolumeKind.ZRAM && volume.options().contains("swap");
    }
}
