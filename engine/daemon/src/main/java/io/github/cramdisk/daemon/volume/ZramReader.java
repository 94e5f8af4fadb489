// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramStats;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.zram.ZramBacking;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A zram device as front ends see it. Thread-safe, without state. */
final class ZramReader {
    static final String FILESYSTEM = "filesystem";
    static final String SWAP = "swap";
    static final String NONE = "none";

    private final VolumeReader volumes;
    private final Ownership ownership;

    ZramReader(VolumeReader volumes, Ownership ownership) {
        this.volumes = volumes;
        this.ownership = ownership;
    }

    ZramInfo read(Machine machine, ZramState zram, boolean withUsers) throws IOException {
        Optional<MountEntry> mount = VolumeReader.mountOf(machine, zram);
        Optional<SwapArea> swap = machine.swapOn(zram.path());
        Optional<VolumeDefinition> definition = ownership.ofZram(zram);
        List<VolumeUser> users = withUsers ? volumes.zramUsers(machine, zram, mount) : List.of();
        return new ZramInfo(
                zram.path(),
                zram.sizeBytes(),
                zram.algorithm(),
                zram.algorithms(),
                zram.recompression(),
                zram.memory().limitBytes() == 0 ? null : zram.memory().limitBytes(),
                mount.isPresent() ? FILESYSTEM : swap.isPresent() ? SWAP : NONE,
                mount.map(MountEntry::target).orElse(null),
                mount.map(MountEntry::type).orElse(null),
                definition.map(ZramReader::label).orElse(null),
                swap.map(SwapArea::priority).orElse(null),
                zram.backing().map(ZramBacking::device).orElse(null),
                definition
                        .map(known -> ((Spec.Zram) known.spec()).spec().schedule())
                        .orElse(null),
                definition.isPresent(),
                stats(zram),
                users);
    }

    /** As it was asked for; the device itself is not read. */
    static @Nullable String label(VolumeDefinition definition) {
        ZramSpec spec = ((Spec.Zram) definition.spec()).spec();
        if (spec.use() instanceof DeviceFilesystem filesystem) {
            return filesystem.label();
        }
        return spec.use() instanceof DeviceSwap swap ? swap.label() : null;
    }

    private static ZramStats stats(ZramState zram) {
        return new ZramStats(
                zram.memory().originalBytes(),
                zram.memory().compressedBytes(),
                zram.memory().usedBytes(),
                zram.memory().peakBytes(),
                zram.memory().samePages(),
                zram.memory().compactedPages(),
                zram.memory().hugePages(),
                zram.memory().hugePagesSince(),
                zram.io().failedReads(),
                zram.io().failedWrites(),
                zram.io().invalidRequests(),
                zram.io().notifiedFree(),
                zram.backing().map(ZramBacking::bytes).orElse(0L));
    }
}
