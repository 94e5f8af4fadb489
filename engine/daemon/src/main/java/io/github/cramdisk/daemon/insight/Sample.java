// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.insight;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.volume.VolumeInfo;

/**
 * A volume at one moment: amounts in bytes, and counters since some start.
 *
 * @param limitBytes {@link VolumeHistory#UNKNOWN} for none
 */
record Sample(
        long logicalBytes,
        long storedBytes,
        long residentBytes,
        long limitBytes,
        CommandCounts read,
        CommandCounts write) {
    private static final CommandCounts NOTHING = new CommandCounts(0, 0, 0);

    static Sample of(DiskStats disk) {
        Long limit = disk.info().ramLimitBytes();
        return new Sample(
                disk.info().logicalBytes(),
                disk.info().storedBytes(),
                disk.info().residentBytes(),
                limit == null ? VolumeHistory.UNKNOWN : limit,
                disk.commands().getOrDefault("read", NOTHING),
                disk.commands().getOrDefault("write", NOTHING));
    }

    /** Of a volume whose traffic nobody tells. What lies in a tmpfs is stored as it is, so its size is its limit. */
    static Sample of(VolumeInfo volume) {
        Long size = volume.sizeBytes();
        boolean compressed = volume.residentBytes() != volume.usedBytes();
        return new Sample(
                volume.usedBytes(),
                volume.residentBytes(),
                volume.residentBytes(),
                size == null || compressed ? VolumeHistory.UNKNOWN : size,
                NOTHING,
                NOTHING);
    }
}
