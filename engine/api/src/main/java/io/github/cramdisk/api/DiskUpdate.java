// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import org.jspecify.annotations.Nullable;

/**
 * Changes to a live disk; null leaves a setting as it is.
 *
 * @param codec for blocks written from now on; what is stored stays as it is
 * @param ramLimit new cap on resident bytes
 * @param removeRamLimit take the cap away; excludes {@code ramLimit}
 * @param readOnly for clients that connect from now on
 */
public record DiskUpdate(
        @Nullable CodecSpec codec,
        @Nullable ByteSize ramLimit,
        boolean removeRamLimit,
        @Nullable Boolean readOnly) {
    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_RAM_LIMIT} or {@link ErrorKind#INVALID_ARGUMENT}
     */
    public DiskUpdate {
        if (ramLimit != null) {
            DiskSpec.checkRamLimit(ramLimit);
        }
        if (ramLimit != null && removeRamLimit) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "a RAM limit cannot be set and removed at once");
        }
    }
}
