// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard frames without magic number, content size and checksum: the index knows the lengths and the slot has its own
 * checksum. The compression context is made at the first use, because most readers never compress.
 */
public final class ZstdCodec implements BlockCodec {
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private @Nullable ZstdCompressCtx compressor;
    private int level = Zstd.defaultCompressionLevel();

    public ZstdCodec() {
        decompressor.setMagicless(true);
    }

    /** Sets the level of blocks compressed from now on: 1 to 19. */
    public void setLevel(int newLevel) {
        if (level != newLevel) {
            level = newLevel;
            if (compressor != null) {
                compressor.setLevel(newLevel);
            }
        }
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
        // The native entry points trust their arguments, so the ranges are checked here.
        Objects.checkFromIndexSize(sourceIndex, sourceLength, source.capacity());
        Objects.checkFromIndexSize(targetIndex, targetLength, target.capacity());
        return compressor()
                .compressDirectByteBuffer(target, targetIndex, targetLength, source, sourceIndex, sourceLength);
    }

    @Override
    public boolean decompress(
            ByteBuffer source,
            int sourceIndex,
            int sourceLength,
            ByteBuffer target,
            int targetIndex,
            int targetLength) {
        Objects.checkFromIndexSize(sourceIndex, sourceLength, source.capacity());
        Objects.checkFromIndexSize(targetIndex, targetLength, target.capacity());
        try {
            return decompressor.decompressDirectByteBuffer(
                            target, targetIndex, targetLength, source, sourceIndex, sourceLength)
                    == targetLength;
        } catch (ZstdException e) {
            return false;
        }
    }

    @Override
    public int bound(int sourceLength) {
        return maxCompressedBytes(sourceLength);
    }

    /** Most bytes that a block of this length can take, before any context exists. */
    public static int maxCompressedBytes(int sourceLength) {
        return Math.toIntExact(Zstd.compressBound(sourceLength));
    }

    @Override
    public void close() {
        decompressor.close();
        if (compressor != null) {
            compressor.close();
        }
    }

    private ZstdCompressCtx compressor() {
        ZstdCompressCtx context = compressor;
        if (context == null) {
            context = new ZstdCompressCtx();
            context.setMagicless(true);
            context.setContentSize(false);
            context.setChecksum(false);
            context.setDictID(false);
            context.setLevel(level);
            compressor = context;
        }
        return context;
    }
}
