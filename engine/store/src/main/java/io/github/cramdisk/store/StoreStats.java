// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import java.util.List;

/**
 * A store in numbers. Counts are exact when nothing writes; while writes run each is right by itself.
 *
 * @param logicalBytes blocks written and not trimmed since, times the block size
 * @param storedBytes their bytes after compression, headers and rounding apart
 * @param residentBytes memory held by arena and index, free slots and tables included
 * @param arenaBytes the arena's part of {@code residentBytes}
 * @param liveBytes the part of {@code arenaBytes} that holds slots in use, headers and rounding included
 * @param zeroBlocks blocks of zeroes only, without a slot
 * @param sameFilledBlocks blocks of one repeated 32-bit pattern other than zero, without a slot
 * @param rawBlocks blocks stored as they are
 * @param compressedBlocks blocks stored smaller than they are, each by itself
 * @param squeezedBlocks cold blocks that were compressed again, smaller still: with their neighbours, up to 64 KiB
 * @param otherCodecBlocks those of the raw and compressed blocks that were stored with another codec than the present one, and
 *     are still to be brought into it
 * @param storedSizeHistogram blocks with a slot by stored size (of a squeezed one, its share of the group): bucket i of n holds sizes up to (i + 1) / n of a block
 */
public record StoreStats(
        long logicalBytes,
        long storedBytes,
        long residentBytes,
        long arenaBytes,
        long liveBytes,
        long zeroBlocks,
        long sameFilledBlocks,
        long rawBlocks,
        long compressedBlocks,
        long squeezedBlocks,
        long otherCodecBlocks,
        List<Long> storedSizeHistogram) {
    public StoreStats {
        storedSizeHistogram = List.copyOf(storedSizeHistogram);
    }
}
