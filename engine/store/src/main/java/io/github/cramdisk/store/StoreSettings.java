// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/**
 * What can be changed while a store is open.
 *
 * @param ramLimitBytes cap on resident bytes, {@link #NO_LIMIT} for none
 */
public record StoreSettings(StoreCodec codec, long ramLimitBytes) {
    public static final long NO_LIMIT = Long.MAX_VALUE;
}
