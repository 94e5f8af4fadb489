// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.codec;

import java.nio.ByteBuffer;

/**
 * Compresses and restores one block. Not thread-safe: each {@code Scratch} owns its codecs. Works on direct buffers only
 * (heap arrays would be pinned under the collector) and by absolute index; positions and limits stay as they are.
 */
public interface BlockCodec extends AutoCloseable {

    /** Returned by {@link #compress} when the block does not fit into the space given. */
    int DOES_NOT_FIT = -1;

    /**
     * Compresses a block.
     *
     * @param targetLength most bytes to use, at least {@link #bound} for the block's length
     * @return the compressed length in bytes, or {@link #DOES_NOT_FIT}
     */
    int compress(
            ByteBuffer source, int sourceIndex, int sourceLength, ByteBuffer target, int targetIndex, int targetLength);

    /**
     * Restores a block, writing nothing outside its target range whatever the input is.
     *
     * @return whether the input was well-formed and gave exactly {@code targetLength} bytes
     */
    boolean decompress(
            ByteBuffer source, int sourceIndex, int sourceLength, ByteBuffer target, int targetIndex, int targetLength);

    /** Most bytes that {@link #compress} can give for a block of this length. */
    int bound(int sourceLength);

    @Override
    void close();
}
