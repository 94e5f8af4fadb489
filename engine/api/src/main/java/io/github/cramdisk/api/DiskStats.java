// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.List;
import java.util.Map;

/**
 * A disk with its counters.
 *
 * @param blocks how many blocks are stored in which way
 * @param histogram stored sizes, smallest bucket first; blocks without a slot (zero, same-filled) are not in it
 * @param commands by NBD command name ({@code read}, {@code write}, {@code flush}, {@code trim},
 *     {@code write_zeroes}, {@code cache}, {@code block_status}), since the engine started
 */
public record DiskStats(
        DiskInfo info, BlockCounts blocks, List<HistogramBucket> histogram, Map<String, CommandCounts> commands) {

    public DiskStats {
        histogram = List.copyOf(histogram);
        commands = Map.copyOf(commands);
    }

    /**
     * Blocks by kind.
     *
     * @param zero written with zeroes only; they take no slot
     * @param sameFilled one 32-bit pattern repeated, zero apart; they take no slot
     * @param raw stored as they are, because compression would not have made them smaller
     * @param compressed each by itself
     * @param squeezed unused ones, together with their neighbours
     */
    public record BlockCounts(long zero, long sameFilled, long raw, long compressed, long squeezed) {
        /** Blocks in use. */
        public long total() {
            return zero + sameFilled + raw + compressed + squeezed;
        }
    }

    /**
     * @param upToBytes largest stored size that falls into this bucket
     */
    public record HistogramBucket(int upToBytes, long blocks) {}

    /**
     * @param bytes payload of reads and writes, range of the others
     * @param errors requests answered with an NBD error
     */
    public record CommandCounts(long operations, long bytes, long errors) {}
}
