// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.insight;

import io.github.cramdisk.api.CodecSpec;
import java.util.List;

/**
 * What codecs would give on the data of a disk, found by trying them on a sample. The sample is taken in the background
 * while somebody asks at least every {@link #INTEREST_SECONDS}, with a fifth of one core, and not on battery.
 *
 * @param ageSeconds of the results; 0 while there are none
 * @param sampledBytes how much was tried
 * @param trials by block size, then by codec from fast to strong; empty before the first result
 */
public record CodecReport(String name, State state, long ageSeconds, long sampledBytes, List<Trial> trials) {
    /** Who does not ask again within this time is no longer waited for. */
    public static final int INTEREST_SECONDS = 10;

    public CodecReport {
        trials = trials == null ? List.of() : List.copyOf(trials);
    }

    /** How far the sampling is. */
    public enum State {
        /** Being taken; there may be results of an earlier one. */
        SAMPLING,
        /** The results are fresh. */
        READY,
        /** There is nothing on the disk that could be tried. */
        EMPTY,
        /** The machine runs on battery; results, if any, are of before. */
        ON_BATTERY
    }

    /**
     * One codec with one block size.
     *
     * @param blockBytes block size it was tried with
     * @param ratio plain by stored bytes, with slot headers, rounding and index
     * @param megabytesPerSecond compressed a second by one core, in 1,000,000 bytes
     * @param current whether the disk is set so
     */
    public record Trial(CodecSpec codec, int blockBytes, double ratio, double megabytesPerSecond, boolean current) {}
}
