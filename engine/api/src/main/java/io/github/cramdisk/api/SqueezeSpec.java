// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Whether blocks of a disk that stay unused are compressed again, more strongly and together with their neighbours, while a
 * processor is idle.
 *
 * @param level of zstd, 1 (fast) to 19 (small); 0: they are not
 */
public record SqueezeSpec(int level) {
    public static final SqueezeSpec OFF = new SqueezeSpec(0);
    /** What a new disk does: a level that a core manages at some 60 MiB a second, and that saves a third of lz4's bytes. */
    public static final SqueezeSpec DEFAULT = new SqueezeSpec(9);

    private static final String PREFIX = "zstd:";

    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_SQUEEZE} when zstd has no such level
     */
    public SqueezeSpec {
        if (level < 0 || level > CodecSpec.MAX_ZSTD_LEVEL) {
            throw new CramdiskException(ErrorKind.INVALID_SQUEEZE, PREFIX + level);
        }
    }

    /** What a disk does by default that is written with this codec: who wants no compression gets none. */
    public static SqueezeSpec defaultFor(CodecSpec codec) {
        return codec.algorithm() == CodecSpec.Algorithm.NONE ? OFF : DEFAULT;
    }

    public boolean isOn() {
        return level > 0;
    }

    /**
     * Reads {@code off}, {@code on}, {@code zstd} or {@code zstd:12}.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_SQUEEZE}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SqueezeSpec parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "off" -> OFF;
            case "on", "zstd" -> DEFAULT;
            default -> parseLevel(lower, text);
        };
    }

    private static SqueezeSpec parseLevel(String lower, String text) {
        if (lower.startsWith(PREFIX)) {
            try {
                int level = Integer.parseInt(lower.substring(PREFIX.length()));
                if (level > 0) {
                    return new SqueezeSpec(level);
                }
            } catch (NumberFormatException e) {
                throw new CramdiskException(ErrorKind.INVALID_SQUEEZE, e, text);
            }
        }
        throw new CramdiskException(ErrorKind.INVALID_SQUEEZE, text);
    }

    /** {@code off} or {@code zstd:LEVEL}, as {@link #parse} reads it. */
    @JsonValue
    @Override
    public String toString() {
        return isOn() ? PREFIX + level : "off";
    }
}
