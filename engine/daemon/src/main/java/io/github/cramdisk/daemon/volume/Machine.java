// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.host.memory.MemInfo;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.swap.Zswap;
import io.github.cramdisk.host.zram.ZramDevices;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All that the volumes of a machine can be told from, read at one moment. */
record Machine(
        MountTable mounts,
        List<SwapArea> swaps,
        List<ZramState> zrams,
        List<NbdDevice> nbds,
        Optional<Zswap> zswap,
        MemInfo memory) {

    /** @param root {@code /}, or a recorded tree */
    static Machine read(Path root) throws IOException {
        return new Machine(
                MountTable.read(root),
                SwapArea.read(root),
                new ZramDevices(root).all(),
                NbdDevice.read(root),
                Zswap.read(root),
                MemInfo.read(root.resolve("proc")));
    }

    /** The swap that lies on a device, if any. */
    Optional<SwapArea> swapOn(String device) {
        return swaps.stream().filter(swap -> swap.path().equals(device)).findFirst();
    }

    /** Swap that is not in memory; a network block device is a disk of an engine, mostly, so it does not count. */
    long diskSwapBytes() {
        return swaps.stream()
                .filter(swap -> ZramDevices.indexOf(swap.path()).isEmpty()
                        && !swap.path().startsWith("/dev/nbd"))
                .mapToLong(SwapArea::sizeBytes)
                .sum();
    }

    long usedSwapBytes() {
        return swaps.stream().mapToLong(SwapArea::usedBytes).sum();
    }
}
