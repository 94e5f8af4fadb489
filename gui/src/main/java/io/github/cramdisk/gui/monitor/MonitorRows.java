// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.monitor;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.List;

/** Makes rows of the table out of what the engine tells. */
final class MonitorRows {
    /** From this share of a limit on, a volume is about to be full. */
    static final double NEARLY_FULL = 0.9;

    private MonitorRows() {}

    static String key(DiskStats disk) {
        return "disk " + disk.info().name();
    }

    static String key(VolumeInfo volume) {
        return volume.kind().text() + " " + volume.title();
    }

    static MonitorRow.Face of(DiskStats disk, List<Double> past, int colorIndex) {
        DiskInfo info = disk.info();
        Long limit = info.ramLimitBytes();
        String alert = "";
        if (limit != null && share(info.residentBytes(), limit) >= NEARLY_FULL) {
            alert = Texts.of("monitor.alert.limit", percent(info.residentBytes(), limit), Sizes.format(limit));
        } else if (share(info.logicalBytes(), info.sizeBytes()) >= NEARLY_FULL) {
            alert = full(info.logicalBytes(), info.sizeBytes());
        }
        return new MonitorRow.Face(
                info.name(),
                VolumeKind.DISK,
                Texts.of("monitor.kind.disk"),
                info.sizeBytes(),
                info.logicalBytes(),
                false,
                info.residentBytes(),
                info.logicalBytes() == 0 ? 0 : info.ratio(),
                past,
                info.clients() == 0 ? "" : Texts.of("monitor.clients", info.clients()),
                alert,
                true,
                colorIndex,
                null);
    }

    /**
     * @param users of it, where they are known
     * @param colorIndex of one of the user's
     */
    static MonitorRow.Face of(VolumeInfo volume, List<Double> past, String users, int colorIndex) {
        Long size = volume.sizeBytes();
        boolean inMemory = volume.kind() != VolumeKind.SWAP;
        String alert = inMemory && size != null && share(volume.usedBytes(), size) >= NEARLY_FULL
                ? full(volume.usedBytes(), size)
                : "";
        boolean compressed = volume.kind() == VolumeKind.ZRAM || volume.kind() == VolumeKind.ZSWAP;
        return new MonitorRow.Face(
                volume.title(),
                volume.kind(),
                volume.options().contains("swap")
                        ? Texts.of("monitor.kind.swap")
                        : volume.kind().text(),
                size,
                volume.usedBytes(),
                volume.atLeast(),
                inMemory ? volume.residentBytes() : 0,
                compressed && volume.residentBytes() > 0 && volume.usedBytes() > 0
                        ? (double) volume.usedBytes() / volume.residentBytes()
                        : 0,
                past,
                users,
                alert,
                volume.managed(),
                volume.managed() ? colorIndex : -1,
                OwnVolumes.isAdoptable(volume) ? volume : null);
    }

    private static String full(long used, long size) {
        return Texts.of("monitor.alert.full", percent(used, size), Sizes.format(size));
    }

    private static String percent(long part, long whole) {
        return Sizes.formatNumber(Math.floor(100 * share(part, whole) + 0.001), 0) + " %";
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : (double) part / whole;
    }
}
