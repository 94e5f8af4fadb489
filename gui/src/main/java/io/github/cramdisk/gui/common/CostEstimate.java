// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a full disk is likely to cost in memory. Files differ, so it is a range: the ratios are those measured on a
 * system's own libraries, programs and documents, a fifth better and a fifth worse.
 *
 * @param lowBytes with files that compress well
 * @param highBytes with files that compress badly
 * @param worstBytes with files that do not compress at all
 */
public record CostEstimate(long lowBytes, long highBytes, long worstBytes) {
    private static final double LZ4_AT_4K = 1.68;
    private static final double LZ4_AT_64K = 1.90;
    private static final double ZSTD_AT_4K = 2.12;
    private static final double ZSTD_AT_64K = 2.38;
    /** What each level above or below 3 adds or takes away. */
    private static final double ZSTD_PER_LEVEL = 0.005;
    /** Index entry and slot header of a block. */
    private static final int OVERHEAD_BYTES_PER_BLOCK = 12;

    private static final double SPREAD = 0.2;
    private static final long SMALL_BLOCK = 4 << 10;
    private static final long LARGE_BLOCK = 64 << 10;

    /** The estimate for a disk filled to its last byte; a RAM limit caps it. */
    public static CostEstimate of(ByteSize size, CodecSpec codec, ByteSize blockSize, @Nullable ByteSize ramLimit) {
        double share =
                Math.log((double) blockSize.bytes() / SMALL_BLOCK) / Math.log((double) LARGE_BLOCK / SMALL_BLOCK);
        double ratio = switch (codec.algorithm()) {
            case LZ4 -> LZ4_AT_4K + share * (LZ4_AT_64K - LZ4_AT_4K);
            case ZSTD ->
                (ZSTD_AT_4K + share * (ZSTD_AT_64K - ZSTD_AT_4K))
                        * (1 + ZSTD_PER_LEVEL * (codec.level() - CodecSpec.DEFAULT_ZSTD_LEVEL));
            case NONE -> 1.0;
        };
        double overhead = (double) size.bytes() / blockSize.bytes() * OVERHEAD_BYTES_PER_BLOCK;
        double spread = codec.algorithm() == CodecSpec.Algorithm.NONE ? 0 : SPREAD;
        long worst = Math.round(size.bytes() + overhead);
        long low = Math.round(size.bytes() / (ratio * (1 + spread)) + overhead);
        long high = Math.min(worst, Math.round(size.bytes() / (ratio * (1 - spread)) + overhead));
        long cap = ramLimit == null ? Long.MAX_VALUE : ramLimit.bytes();
        return new CostEstimate(Math.min(low, cap), Math.min(high, cap), Math.min(worst, cap));
    }

    /** {@code 1.9–2.7 GiB}, or one number where both ends look the same. */
    public String formatRange() {
        String low = Sizes.format(lowBytes);
        String high = Sizes.format(highBytes);
        if (low.equals(high)) {
            return high;
        }
        String[] lowParts = low.split(" ", 2);
        String[] highParts = high.split(" ", 2);
        return lowParts[1].equals(highParts[1]) ? lowParts[0] + "–" + high : low + " – " + high;
    }
}
