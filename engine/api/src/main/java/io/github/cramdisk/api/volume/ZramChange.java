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
 */
public record ZramChange(@Nullable ByteSize memLimit, boolean removeMemLimit, boolean compact) {
    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} or {@link ErrorKind#INVALID_ARGUMENT} */
    public ZramChange {
        ZramSpec.checkMemLimit(memLimit);
        if (memLimit != null && removeMemLimit) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "A memory limit cannot be set and removed at once.");
        }
    }
}
