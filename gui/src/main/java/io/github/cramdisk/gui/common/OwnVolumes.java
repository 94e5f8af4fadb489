// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which volumes are the user's own, which are in memory but somebody else's, and the key by which colours and cards know
 * each: of a disk its name, of another volume its title, which begins with a slash as no name of a disk does.
 */
public final class OwnVolumes {
    /** Where the memory of disks is, which is told with the disks. */
    private static final String ARENAS = "/run/cramdisk/";

    private static final List<String> SYSTEM = List.of("/run", "/dev", "/sys", "/proc", "/tmp", "/var/lock");
    private static final List<String> SYSTEM_BELOW = List.of("/run/", "/dev/", "/sys/", "/proc/");

    private OwnVolumes() {}

    /** Keys of all, disks first. */
    public static List<String> keys(Snapshot snapshot) {
        List<String> keys = new ArrayList<>();
        snapshot.disks().forEach(disk -> keys.add(disk.info().name()));
        of(snapshot).forEach(volume -> keys.add(volume.title()));
        return keys;
    }

    /** Those beside the disks. */
    public static List<VolumeInfo> of(Snapshot snapshot) {
        return snapshot.volumes().stream()
                .filter(volume -> volume.managed() && !holdsArenas(volume))
                .toList();
    }

    /** What else is in memory: swap on a disk and network devices are not. */
    public static List<VolumeInfo> foreign(Snapshot snapshot) {
        return snapshot.volumes().stream()
                .filter(volume -> !volume.managed())
                .filter(volume -> volume.kind() != VolumeKind.SWAP && volume.kind() != VolumeKind.NBD)
                .filter(volume -> !holdsArenas(volume))
                .toList();
    }

    private static boolean holdsArenas(VolumeInfo volume) {
        return volume.title().startsWith(ARENAS);
    }

    /** Whether the engine can take it into its definitions: what the system itself mounts, it cannot. */
    public static boolean isAdoptable(VolumeInfo volume) {
        boolean kept = volume.kind() == VolumeKind.TMPFS
                || volume.kind() == VolumeKind.RAMFS
                || volume.kind() == VolumeKind.ZRAM;
        boolean isSetUp = volume.sizeBytes() == null || volume.sizeBytes() > 0;
        return !volume.managed() && kept && isSetUp && !isOfTheSystem(volume);
    }

    /** Whether the system mounts it at each start. */
    public static boolean isOfTheSystem(VolumeInfo volume) {
        String title = volume.title();
        return volume.kind() != VolumeKind.ZRAM
                && (SYSTEM.contains(title) || SYSTEM_BELOW.stream().anyMatch(title::startsWith));
    }

    /** A key as part of the id of a node: {@code home-user-build} for {@code /home/user/build}. */
    public static String plain(String key) {
        String joined = key.replace('/', '-');
        return joined.startsWith("-") ? joined.substring(1) : joined;
    }

    /** What it is, in plain words: {@code Compressed swap}. */
    public static String kind(VolumeInfo volume) {
        boolean swap = volume.kind() == VolumeKind.ZRAM && volume.options().contains("swap");
        return Texts.of("common.kind." + (swap ? "zram-swap" : volume.kind().text()));
    }

    /** The last word of its title: {@code build} for {@code /home/user/build}. */
    public static String shortName(VolumeInfo volume) {
        String title = volume.title();
        return title.substring(title.lastIndexOf('/') + 1);
    }
}
