// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a form begins with: what was chosen before it opened, null for all else.
 *
 * @param codec of a disk
 * @param blockSize of a disk
 * @param limit of the memory that a disk or a zram device takes
 * @param algorithm of a zram device
 */
public record Draft(
        @Nullable ByteSize size,
        @Nullable CodecSpec codec,
        @Nullable ByteSize blockSize,
        @Nullable ByteSize limit,
        @Nullable String algorithm) {
    /** Nothing was chosen yet. */
    public static final Draft EMPTY = new Draft(null, null, null, null, null);

    public static Draft ofSize(ByteSize size) {
        return new Draft(size, null, null, null, null);
    }

    public static Draft ofDisk(ByteSize size, @Nullable CodecSpec codec, ByteSize blockSize) {
        return new Draft(size, codec, blockSize, null, null);
    }

    /** The same, and for what was not chosen what {@code other} says. */
    public Draft or(Draft other) {
        return new Draft(
                size == null ? other.size : size,
                codec == null ? other.codec : codec,
                blockSize == null ? other.blockSize : blockSize,
                limit == null ? other.limit : limit,
                algorithm == null ? other.algorithm : algorithm);
    }
}
