// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.index.IndexEntry;

/**
 * How a store compresses each block by itself.
 *
 * @param level zstd: 1 to 19; otherwise 0
 */
public record StoreCodec(Algorithm algorithm, int level) {
    public static final StoreCodec LZ4 = new StoreCodec(Algorithm.LZ4, 0);
    public static final StoreCodec NONE = new StoreCodec(Algorithm.NONE, 0);

    /** Compression algorithms of a store. */
    public enum Algorithm {
        LZ4,
        ZSTD,
        /** Blocks are stored as they are; zero and same-filled blocks still take no memory. */
        NONE
    }

    /**
     * @throws IllegalArgumentException when the algorithm has no such level
     */
    public StoreCodec {
        if (algorithm == Algorithm.ZSTD ? level < 1 || level > 19 : level != 0) {
            throw new IllegalArgumentException(algorithm + " has no level " + level);
        }
    }

    public static StoreCodec zstd(int level) {
        return new StoreCodec(Algorithm.ZSTD, level);
    }

    /** How index entries name it: {@link IndexEntry#maker}. */
    int maker() {
        return switch (algorithm) {
            case LZ4 -> IndexEntry.MADE_WITH_LZ4;
            case ZSTD -> level;
            case NONE -> IndexEntry.MADE_WITH_NONE;
        };
    }
}
