// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/**
 * The fixed shape of a store.
 *
 * @param sizeBytes logical size, 4 KiB to 16 TiB, a multiple of 4 KiB; the last block may reach beyond it
 * @param blockBytes unit of compression, a power of two from 4 KiB to 64 KiB
 */
public record StoreGeometry(long sizeBytes, int blockBytes) {
    public static final int MIN_BLOCK_BYTES = 4 << 10;
    public static final int MAX_BLOCK_BYTES = 64 << 10;
    public static final long MAX_SIZE_BYTES = 16L << 40;

    /**
     * @throws IllegalArgumentException when a value is out of its range
     */
    public StoreGeometry {
        if (sizeBytes < MIN_BLOCK_BYTES || sizeBytes > MAX_SIZE_BYTES || sizeBytes % MIN_BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("size " + sizeBytes + " is not a multiple of 4 KiB up to 16 TiB");
        }
        if (Integer.bitCount(blockBytes) != 1 || blockBytes < MIN_BLOCK_BYTES || blockBytes > MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException("block size " + blockBytes + " is not a power of two, 4 to 64 KiB");
        }
    }

    /** The same shape with another size. */
    StoreGeometry withSize(long newSizeBytes) {
        return new StoreGeometry(newSizeBytes, blockBytes);
    }

    /** Number of blocks of the largest store with this block size. */
    long maxBlocks() {
        return MAX_SIZE_BYTES >>> blockShift();
    }

    int blockShift() {
        return Integer.numberOfTrailingZeros(blockBytes);
    }

    /** Number of blocks, the last one possibly partial. */
    long blocks() {
        return (sizeBytes + blockBytes - 1) >>> blockShift();
    }
}
