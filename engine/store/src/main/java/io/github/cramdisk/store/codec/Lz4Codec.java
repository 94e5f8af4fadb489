// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.codec;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** LZ4 block format, without a frame. The native state lives on the stack of each call, so closing does nothing. */
public final class Lz4Codec implements BlockCodec {
    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    public Lz4Codec() {
        LZ4Factory factory = LZ4Factory.nativeInstance();
        compressor = factory.fastCompressor();
        decompressor = factory.safeDecompressor();
    }

    @Override
    public int compress(
            ByteBuffer source,
            int sourceIndex,
            int sourceLength,
            ByteBuffer target,
            int targetIndex,
            int targetLength) {
        if (targetLength < bound(sourceLength)) {
            return DOES_NOT_FIT;
        }
        return compressor.compress(source, sourceIndex, sourceLength, target, targetIndex, targetLength);
    }

    @Override
    public boolean decompress(
            ByteBuffer source,
            int sourceIndex,
            int sourceLength,
            ByteBuffer target,
            int targetIndex,
            int targetLength) {
        try {
            return decompressor.decompress(source, sourceIndex, sourceLength, target, targetIndex, targetLength)
                    == targetLength;
        } catch (LZ4Exception e) {
            return false;
        }
    }

    @Override
    public int bound(int sourceLength) {
        return compressor.maxCompressedLength(sourceLength);
    }

    @Override
    public void close() {}
}
