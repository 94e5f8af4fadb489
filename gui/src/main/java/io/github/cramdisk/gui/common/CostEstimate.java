// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a full volume is likely to cost in memory. Files differ, so it is a range, a fifth better and a fifth worse than
 * the ratio that is expected: where this machine's disks hold enough to tell, that of their own files, else the one
 * measured on a system's libraries, programs and documents.
 *
 * @param lowBytes with files that compress well
 * @param highBytes with files that compress badly
 * @param worstBytes with files that do not compress at all
 * @param own whether the ratio is that of files on this machine's disks
 */
public record CostEstimate(long lowBytes, long highBytes, long worstBytes, boolean own) {
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
    /** Fewer files than this tell nothing about those to come. */
    private static final long TELLING_BYTES = 64L << 20;
    /** A disk of zeroes does not promise that the next is one. */
    private static final double BEST_FACTOR = 4;

    private static final int KIBI = 1024;
    private static final double NEARLY_A_UNIT = 0.95;

    /** The estimate for a disk filled to its last byte with typical files; a RAM limit caps it. */
    public static CostEstimate of(ByteSize size, CodecSpec codec, ByteSize blockSize, @Nullable ByteSize ramLimit) {
        return of(size, codec, blockSize, ramLimit, List.of());
    }

    /** The same with files like those on {@code disks}, where they hold enough. */
    public static CostEstimate of(
            ByteSize size, CodecSpec codec, ByteSize blockSize, @Nullable ByteSize ramLimit, List<DiskInfo> disks) {
        boolean compresses = codec.algorithm() != CodecSpec.Algorithm.NONE;
        OptionalDouble factor = compresses ? ownFactor(disks) : OptionalDouble.empty();
        double ratio = Math.max(1, typicalRatio(codec, blockSize.bytes()) * factor.orElse(1));
        double overhead = (double) size.bytes() / blockSize.bytes() * OVERHEAD_BYTES_PER_BLOCK;
        double spread = compresses ? SPREAD : 0;
        long worst = Math.round(size.bytes() + overhead);
        long low = Math.round(size.bytes() / (ratio * (1 + spread)) + overhead);
        long high = Math.min(worst, Math.round(size.bytes() / (ratio * (1 - spread)) + overhead));
        long cap = ramLimit == null ? Long.MAX_VALUE : ramLimit.bytes();
        return new CostEstimate(Math.min(low, cap), Math.min(high, cap), Math.min(worst, cap), factor.isPresent());
    }

    /** What is not compressed costs what it holds. */
    public static CostEstimate uncompressed(ByteSize size) {
        return new CostEstimate(size.bytes(), size.bytes(), size.bytes(), false);
    }

    private static double typicalRatio(CodecSpec codec, long blockBytes) {
        double share = Math.log((double) blockBytes / SMALL_BLOCK) / Math.log((double) LARGE_BLOCK / SMALL_BLOCK);
        return switch (codec.algorithm()) {
            case LZ4 -> LZ4_AT_4K + share * (LZ4_AT_64K - LZ4_AT_4K);
            case ZSTD ->
                (ZSTD_AT_4K + share * (ZSTD_AT_64K - ZSTD_AT_4K))
                        * (1 + ZSTD_PER_LEVEL * (codec.level() - CodecSpec.DEFAULT_ZSTD_LEVEL));
            case NONE -> 1.0;
        };
    }

    /** How much better files on this machine compress than typical ones with the same settings. */
    private static OptionalDouble ownFactor(List<DiskInfo> disks) {
        double expected = 0;
        double stored = 0;
        long logical = 0;
        for (DiskInfo disk : disks) {
            if (disk.codec().algorithm() != CodecSpec.Algorithm.NONE) {
                logical += disk.logicalBytes();
                stored += disk.storedBytes();
                expected += disk.logicalBytes() / typicalRatio(disk.codec(), disk.blockSizeBytes());
            }
        }
        return logical < TELLING_BYTES || stored <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(BEST_FACTOR, expected / stored));
    }

    /** The unit in which a size is written. */
    private static long unit(long bytes) {
        long unit = 1;
        while (bytes / KIBI >= unit) {
            unit *= KIBI;
        }
        return unit;
    }

    /** {@code 1.9–2.7 GiB}, or one number where both ends look the same. */
    public String formatRange() {
        String low = Sizes.format(lowBytes);
        String high = Sizes.format(highBytes);
        if (low.equals(high)) {
            return high;
        }
        if (lowBytes < highBytes && lowBytes >= NEARLY_A_UNIT * unit(highBytes) && lowBytes < unit(highBytes)) {
            low = Sizes.format(unit(highBytes));
        }
        String[] lowParts = low.split(" ", 2);
        String[] highParts = high.split(" ", 2);
        return lowParts[1].equals(highParts[1]) ? lowParts[0] + "–" + high : low + " – " + high;
    }
}
