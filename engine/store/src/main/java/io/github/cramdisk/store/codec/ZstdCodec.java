// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.codec;

import com.github.luben.zstd.EndDirective;
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
 *
 * <p>A frame can be made of parts, each a block of the frame, so that its beginning can be restored without the rest:
 *
 * <pre>
 *  byte  0            1        2              5
 *        | descriptor | window | block header | block ... | block header | block ... |     RFC 8878, 3.1.1
 *  block header, little-endian: bit 0 last block, bits 1 and 2 type (1: one byte, repeated), bits 3 to 23 length
 * </pre>
 */
public final class ZstdCodec implements BlockCodec {
    private static final int FIRST_BLOCK = 2;
    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int LAST_BLOCK = 1;
    private static final int REPEATED = 1;

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

    /**
     * Compresses into a frame of which the first parts can be restored by themselves ({@link #decompressParts}); it is no
     * larger for that.
     *
     * @param partLength bytes of a part before compression; the last one may be shorter
     * @param targetLength most bytes to use, at least {@link #bound} for the whole
     * @return the compressed length in bytes, or {@link #DOES_NOT_FIT}
     */
    public int compressInParts(
            ByteBuffer source, int sourceLength, int partLength, ByteBuffer target, int targetIndex, int targetLength) {
        if (targetLength < bound(sourceLength)) {
            return DOES_NOT_FIT;
        }
        ZstdCompressCtx context = compressor();
        try {
            context.setPledgedSrcSize(sourceLength);
            target.limit(targetIndex + targetLength).position(targetIndex);
            source.position(0);
            for (int end = partLength; source.position() < sourceLength; end += partLength) {
                source.limit(Math.min(end, sourceLength));
                EndDirective then = end < sourceLength ? EndDirective.FLUSH : EndDirective.END;
                while (!context.compressDirectByteBufferStream(target, source, then)) {
                    // The target has room for all of it.
                }
            }
            return target.position() - targetIndex;
        } catch (ZstdException e) {
            // Too little memory. The context would go on in the middle of this frame.
            context.close();
            compressor = null;
            throw e;
        } finally {
            source.clear();
            target.clear();
        }
    }

    /**
     * Restores the first parts of a frame.
     *
     * @param source must be writable; it is as before when this returns. A frame that begins with another descriptor than those
     *     of this class is not well-formed
     * @param parts how many, at least 1; of a frame that was not made in parts, all is restored
     * @param targetLength bytes of the whole frame before compression
     * @return bytes restored, or {@link #DOES_NOT_FIT} when the frame is not well-formed
     */
    public int decompressParts(
            ByteBuffer source,
            int sourceIndex,
            int sourceLength,
            int parts,
            ByteBuffer target,
            int targetIndex,
            int targetLength) {
        Objects.checkFromIndexSize(sourceIndex, sourceLength, source.capacity());
        Objects.checkFromIndexSize(targetIndex, targetLength, target.capacity());
        int limit = sourceIndex + sourceLength;
        int header = sourceIndex + FIRST_BLOCK;
        int end = endOfBlock(source, header, limit);
        for (int part = 1; part < parts && end >= 0 && (source.get(header) & LAST_BLOCK) == 0; part++) {
            header = end;
            end = endOfBlock(source, header, limit);
        }
        if (end < 0 || source.get(sourceIndex) != 0) {
            return DOES_NOT_FIT;
        }
        byte before = source.get(header);
        source.put(header, (byte) (before | LAST_BLOCK));
        try {
            return decompressor.decompressDirectByteBuffer(
                    target, targetIndex, targetLength, source, sourceIndex, end - sourceIndex);
        } catch (ZstdException e) {
            return DOES_NOT_FIT;
        } finally {
            source.put(header, before);
        }
    }

    /** Where the block with this header ends, or -1 when it is not within the limit. */
    private static int endOfBlock(ByteBuffer source, int header, int limit) {
        if (header > limit - BLOCK_HEADER_BYTES) {
            return -1;
        }
        int bits = (source.get(header) & 0xFF)
                | (source.get(header + 1) & 0xFF) << 8
                | (source.get(header + 2) & 0xFF) << 16;
        int length = ((bits >>> 1) & 3) == REPEATED ? 1 : bits >>> 3;
        int start = header + BLOCK_HEADER_BYTES;
        return length <= limit - start ? start + length : -1;
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
