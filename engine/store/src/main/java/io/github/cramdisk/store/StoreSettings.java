// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/**
 * What can be changed while a store is open.
 *
 * @param codec of blocks that are not squeezed; what is stored with another is brought into it in the background
 * @param ramLimitBytes cap on resident bytes, {@link #NO_LIMIT} for none
 * @param squeezeLevel zstd level with which cold blocks are squeezed, 1 to 19; 0: they are not
 */
public record StoreSettings(StoreCodec codec, long ramLimitBytes, int squeezeLevel) {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** Nothing is squeezed. */
    public StoreSettings(StoreCodec codec, long ramLimitBytes) {
        this(codec, ramLimitBytes, 0);
    }
}
