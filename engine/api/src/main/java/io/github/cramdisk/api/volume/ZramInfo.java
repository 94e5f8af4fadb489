// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A zram device as it is now. All sizes in bytes.
 *
 * @param device such as {@code /dev/zram0}
 * @param sizeBytes what it offers; 0 while it is not set up
 * @param algorithm in use
 * @param algorithms that this device could use
 * @param recompression algorithms for what was stored before, the first tried first; empty for none
 * @param memLimitBytes null for none
 * @param use {@code filesystem}, {@code swap} or {@code none}
 * @param filesystem type of what is mounted from it, null for nothing
 * @param label of filesystem or swap, null for none or where it cannot be read
 * @param swapPriority null where it is no swap
 * @param backingDevice to which pages may be written back, null for none
 * @param schedule the upkeep that the engine does by itself, null for none
 * @param managed whether this engine made or adopted it
 */
public record ZramInfo(
        String device,
        long sizeBytes,
        String algorithm,
        List<String> algorithms,
        List<String> recompression,
        @Nullable Long memLimitBytes,
        String use,
        @Nullable String target,
        @Nullable String filesystem,
        @Nullable String label,
        @Nullable Integer swapPriority,
        @Nullable String backingDevice,
        @Nullable ZramSchedule schedule,
        boolean managed,
        ZramStats stats,
        List<VolumeUser> users) {
    public ZramInfo {
        algorithms = algorithms == null ? List.of() : List.copyOf(algorithms);
        recompression = recompression == null ? List.of() : List.copyOf(recompression);
        users = users == null ? List.of() : List.copyOf(users);
    }

    /** The upkeep that serves this device. */
    public ZramUpkeep usualUpkeep() {
        return ZramUpkeep.of(!recompression.isEmpty(), backingDevice != null);
    }
}
