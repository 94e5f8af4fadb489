// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How kinds of storage in memory do with the files of a directory.
 *
 * @param directory absolute path
 * @param filesBytes length of all its files; no more than {@link #MOST_FILES} of them are counted
 * @param sampledBytes how much of them was taken, at random; all figures are of that
 * @param availableBytes memory that the machine had available
 * @param rivals what was tried, tmpfs first
 * @param withoutZram one sentence that tells why zram was not tried; null if it was
 */
public record Comparison(
        String directory,
        long filesBytes,
        long sampledBytes,
        long availableBytes,
        List<Rival> rivals,
        Advice advice,
        @Nullable String withoutZram) {
    /** Of a directory with more files, so many are looked at. */
    public static final int MOST_FILES = 100_000;

    /** Most bytes that are taken of a directory. */
    public static final long MOST_SAMPLED_BYTES = 1L << 30;

    /** Sample and what holds it in turn take no more than this part of the available memory together: one in four. */
    public static final int MEMORY_SHARE = 4;

    public Comparison {
        rivals = List.copyOf(rivals);
    }
}
