// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.zram;

import io.github.cramdisk.host.syscall.DeviceNumber;
import java.util.List;
import java.util.Optional;

/**
 * A zram device as its directory in /sys/block shows it.
 *
 * @param index the number N of {@code /dev/zramN}
 * @param initialised whether it has a size; only then memory and io mean something
 * @param sizeBytes what it offers, 0 before it is set up
 * @param algorithm the one in use
 * @param algorithms all that this kernel has
 * @param recompression algorithms with priorities 1 to 3, those not set left out; empty where the kernel cannot
 * @param canRecompress whether the kernel has CONFIG_ZRAM_MULTI_COMP
 * @param canWriteBack whether the kernel has CONFIG_ZRAM_WRITEBACK
 * @param hasParameters whether algorithms take parameters (Linux 6.12)
 */
public record ZramState(
        int index,
        DeviceNumber device,
        boolean initialised,
        long sizeBytes,
        String algorithm,
        List<String> algorithms,
        List<String> recompression,
        boolean canRecompress,
        boolean canWriteBack,
        boolean hasParameters,
        ZramMemory memory,
        ZramIo io,
        Optional<ZramBacking> backing) {
    public ZramState {
        algorithms = List.copyOf(algorithms);
        recompression = List.copyOf(recompression);
    }

    /** {@code zram0} */
    public String name() {
        return "zram" + index;
    }

    /** {@code /dev/zram0} */
    public String path() {
        return "/dev/" + name();
    }
}
