// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a live disk; null leaves a setting as it is.
 *
 * @param codec for blocks written from now on, at once; for what is stored and not squeezed, in the background
 * @param ramLimit new cap on resident bytes
 * @param removeRamLimit take the cap away; excludes {@code ramLimit}
 * @param readOnly for clients that connect from now on
 * @param growTo new size up to which the RAM limit may rise by itself
 * @param removeGrowTo the RAM limit is fixed from now on; excludes {@code growTo}
 * @param fullWait how long writes to the full disk wait from now on
 * @param squeeze whether unused blocks are compressed again; what was, stays so until it is used
 */
public record DiskUpdate(
        @Nullable CodecSpec codec,
        @Nullable ByteSize ramLimit,
        boolean removeRamLimit,
        @Nullable Boolean readOnly,
        @Nullable ByteSize growTo,
        boolean removeGrowTo,
        @Nullable FullWait fullWait,
        @Nullable SqueezeSpec squeeze) {
    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_RAM_LIMIT} or {@link ErrorKind#INVALID_ARGUMENT}
     */
    @JsonCreator
    public DiskUpdate {
        if (ramLimit != null) {
            DiskSpec.checkRamLimit(ramLimit);
        }
        if (ramLimit != null && removeRamLimit) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "a RAM limit cannot be set and removed at once");
        }
        if (growTo != null && removeGrowTo) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "a size to grow to cannot be set and removed at once");
        }
    }

    /** Squeezing stays as it is. */
    public DiskUpdate(
            @Nullable CodecSpec codec,
            @Nullable ByteSize ramLimit,
            boolean removeRamLimit,
            @Nullable Boolean readOnly,
            @Nullable ByteSize growTo,
            boolean removeGrowTo,
            @Nullable FullWait fullWait) {
        this(codec, ramLimit, removeRamLimit, readOnly, growTo, removeGrowTo, fullWait, null);
    }

    /** What happens at the RAM limit, and squeezing, stay as they are. */
    public DiskUpdate(
            @Nullable CodecSpec codec,
            @Nullable ByteSize ramLimit,
            boolean removeRamLimit,
            @Nullable Boolean readOnly) {
        this(codec, ramLimit, removeRamLimit, readOnly, null, false, null);
    }
}
