// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a live zram device; all that the kernel lets change.
 *
 * @param memLimit new most memory; null: as it is
 * @param removeMemLimit take the limit away; excludes {@code memLimit}
 * @param compact draw the device's memory together now, and give back what becomes free
 * @param upkeep one pass of upkeep, now; null: none
 * @param schedule from now on the engine does this by itself; null: as it is
 * @param removeSchedule no upkeep any more but by hand; excludes {@code schedule}
 */
public record ZramChange(
        @Nullable ByteSize memLimit,
        boolean removeMemLimit,
        boolean compact,
        @Nullable ZramUpkeep upkeep,
        @Nullable ZramSchedule schedule,
        boolean removeSchedule) {
    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} or {@link ErrorKind#INVALID_ARGUMENT} */
    public ZramChange {
        ZramSpec.checkMemLimit(memLimit);
        if (memLimit != null && removeMemLimit) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "A memory limit cannot be set and removed at once.");
        }
        if (schedule != null && removeSchedule) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "A schedule for upkeep cannot be set and removed at once.");
        }
    }

    public ZramChange(@Nullable ByteSize memLimit, boolean removeMemLimit, boolean compact) {
        this(memLimit, removeMemLimit, compact, null, null, false);
    }

    /** One pass of upkeep and nothing else. */
    public static ZramChange of(ZramUpkeep upkeep) {
        return new ZramChange(null, false, false, upkeep, null, false);
    }

    /** Whether the device itself is concerned, and not only what the engine keeps of it. */
    public boolean touchesDevice() {
        return memLimit != null || removeMemLimit || doesUpkeep();
    }

    /** Whether it does something to what is stored, of which nobody but the memory takes notice. */
    public boolean doesUpkeep() {
        return compact || upkeep != null;
    }

    /** Whether the limit stays as it is. */
    public boolean keepsLimit() {
        return memLimit == null && !removeMemLimit;
    }
}
