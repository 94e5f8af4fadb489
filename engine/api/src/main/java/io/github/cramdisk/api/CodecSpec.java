// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How a disk compresses what is written to it.
 *
 * @param level zstd: 1 (fast) to 19 (small); lz4 and none: 0
 */
public record CodecSpec(Algorithm algorithm, int level) {
    public static final CodecSpec LZ4 = new CodecSpec(Algorithm.LZ4, 0);
    public static final CodecSpec NONE = new CodecSpec(Algorithm.NONE, 0);
    public static final int DEFAULT_ZSTD_LEVEL = 3;
    public static final int MAX_ZSTD_LEVEL = 19;

    /** The compression algorithms. */
    public enum Algorithm {
        LZ4,
        ZSTD,
        NONE
    }

    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_CODEC} when the algorithm has no such level
     */
    public CodecSpec {
        boolean valid = algorithm == Algorithm.ZSTD ? level >= 1 && level <= MAX_ZSTD_LEVEL : level == 0;
        if (!valid) {
            throw new CramdiskException(
                    ErrorKind.INVALID_CODEC, algorithm.name().toLowerCase(Locale.ROOT) + ":" + level);
        }
    }

    public static CodecSpec zstd(int level) {
        return new CodecSpec(Algorithm.ZSTD, level);
    }

    /**
     * Reads {@code lz4}, {@code zstd}, {@code zstd:7} or {@code none}.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_CODEC}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CodecSpec parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "lz4" -> LZ4;
            case "none" -> NONE;
            case "zstd" -> zstd(DEFAULT_ZSTD_LEVEL);
            default -> zstd(parseLevel(lower, text));
        };
    }

    private static int parseLevel(String lower, String text) {
        if (lower.startsWith("zstd:")) {
            try {
                return Integer.parseInt(lower.substring("zstd:".length()));
            } catch (NumberFormatException e) {
                throw new CramdiskException(ErrorKind.INVALID_CODEC, e, text);
            }
        }
        throw new CramdiskException(ErrorKind.INVALID_CODEC, text);
    }

    /** {@code lz4}, {@code none} or {@code zstd:LEVEL}, as {@link #parse} reads it. */
    @JsonValue
    @Override
    public String toString() {
        String name = algorithm.name().toLowerCase(Locale.ROOT);
        return algorithm == Algorithm.ZSTD ? name + ":" + level : name;
    }
}
