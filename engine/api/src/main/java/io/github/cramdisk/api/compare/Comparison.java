// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.compare;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How kinds of storage in memory do with the files of a directory.
 *
 * @param directory absolute path
 * @param filesBytes length of all its files; no more than {@link #MOST_FILES} of them are counted
 * @param sampledBytes how much of them was taken, at random; all figures are of that
 * @param availableBytes memory that the machine had available
 * @param rivals what was tried, tmpfs first
 * @param withoutZram why zram was not tried; null if it was
 */
public record Comparison(
        String directory,
        long filesBytes,
        long sampledBytes,
        long availableBytes,
        List<Rival> rivals,
        Advice advice,
        @Nullable Untried withoutZram) {
    /** Of a directory with more files, so many are looked at. */
    public static final int MOST_FILES = 100_000;

    /** Most bytes that are taken of a directory. */
    public static final long MOST_SAMPLED_BYTES = 1L << 30;

    /** Sample and what holds it in turn take no more than this part of the available memory together: one in four. */
    public static final int MEMORY_SHARE = 4;

    /**
     * Why something was not tried.
     *
     * @param sentence in English, for scripts
     * @param arguments of the sentence, for those who say it in another language
     */
    public record Untried(String sentence, ErrorKind kind, List<String> arguments) {
        public Untried {
            arguments = List.copyOf(arguments);
        }

        /** What the attempt ended with. */
        public static Untried of(CramdiskException error) {
            return new Untried(error.kind().sentence(error.arguments().toArray()), error.kind(), error.arguments());
        }

        /** The sentence in a language. */
        public String sentenceIn(Locale language) {
            return kind.sentenceIn(language, arguments.toArray());
        }
    }

    public Comparison {
        rivals = List.copyOf(rivals);
    }

    /**
     * What a comparison takes at most while it runs, in bytes: sample and what holds it.
     *
     * @param availableBytes memory that the machine has available
     */
    public static long mostMemoryBytes(long availableBytes) {
        return Math.min(2 * MOST_SAMPLED_BYTES, availableBytes / MEMORY_SHARE);
    }
}
