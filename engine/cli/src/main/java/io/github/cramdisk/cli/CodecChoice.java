// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code --codec} and {@code --level} mean together. */
final class CodecChoice {
    private CodecChoice() {}

    /**
     * @param codec null when {@code --codec} was not given
     * @param level null when {@code --level} was not given
     * @param current what the disk uses now; null for a new one
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} for a level without zstd,
     *     {@link ErrorKind#INVALID_CODEC} for a level that zstd does not have
     */
    static CodecSpec of(@Nullable CodecSpec codec, @Nullable Integer level, @Nullable CodecSpec current) {
        CodecSpec base = codec != null ? codec : current != null ? current : CodecSpec.LZ4;
        if (level == null) {
            return base;
        }
        if (base.algorithm() != CodecSpec.Algorithm.ZSTD) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "Only zstd has levels, and the codec is "
                            + base.algorithm().name().toLowerCase(Locale.ROOT)
                            + ". Add --codec zstd, or leave --level out.");
        }
        return CodecSpec.zstd(level);
    }
}
