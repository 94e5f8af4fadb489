// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/**
 * One codec with one block size, and what it gave on the data it was tried on. For one thread.
 *
 * <p>Counts what a store would take: slots with header and rounding, an index entry a block, nothing but that for a block
 * of one repeated pattern.
 */
public final class CodecTrial {
    private final StoreCodec codec;
    private final int blockBytes;
    private long plainBytes;
    private long takenBytes;
    private long encodeNanos;

    public CodecTrial(StoreCodec codec, int blockBytes) {
        this.codec = codec;
        this.blockBytes = blockBytes;
    }

    public StoreCodec codec() {
        return codec;
    }

    public int blockBytes() {
        return blockBytes;
    }

    void add(long plain, long taken, long nanos) {
        plainBytes += plain;
        takenBytes += taken;
        encodeNanos += nanos;
    }

    /** Bytes that were tried. */
    public long plainBytes() {
        return plainBytes;
    }

    /** Plain by taken; 1 before anything was tried. */
    public double ratio() {
        return takenBytes == 0 ? 1 : (double) plainBytes / takenBytes;
    }

    /** Plain bytes compressed a second of one core; 0 before anything was tried. */
    public double bytesPerSecond() {
        return encodeNanos == 0 ? 0 : plainBytes * 1e9 / encodeNanos;
    }
}
