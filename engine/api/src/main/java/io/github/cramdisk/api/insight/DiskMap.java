// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.insight;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;

/**
 * Where a disk is full and how well it compresses there: its addresses in cells of equal length, the last one may be
 * shorter. All rows have one number for each cell.
 *
 * @param sizeBytes of the disk
 * @param offsetBytes where the first cell begins
 * @param lengthBytes of all cells together
 * @param cellBytes length of a cell, whole blocks
 * @param blockBytes length of a block
 * @param sampled whether only a part of the index was read because it is large; numbers are estimates then
 * @param usedBlocks written and not trimmed since
 * @param freeBlocks those of them that cost nothing: zeroes, or one repeated pattern
 * @param rawBlocks those of them that are stored as they are
 * @param squeezedBlocks those of them that were compressed again while they were unused; zeroes from an engine that does not
 *     tell
 * @param storedBytes what they are stored in
 */
public record DiskMap(
        String name,
        long sizeBytes,
        long offsetBytes,
        long lengthBytes,
        long cellBytes,
        int blockBytes,
        boolean sampled,
        Series usedBlocks,
        Series freeBlocks,
        Series rawBlocks,
        Series squeezedBlocks,
        Series storedBytes) {
    /** Most cells that can be asked for. */
    public static final int MAX_CELLS = 8192;

    public DiskMap {
        squeezedBlocks = squeezedBlocks == null ? Series.of(new long[usedBlocks.size()]) : squeezedBlocks;
    }

    /** Number of cells. */
    public int cells() {
        return usedBlocks.size();
    }

    /** Where a cell begins. */
    public long cellOffset(int cell) {
        return offsetBytes + cell * cellBytes;
    }

    /** Used by stored bytes of a cell; infinite where all is free of cost, 0 where nothing is used. */
    public double ratio(int cell) {
        long used = usedBlocks.get(cell) * blockBytes;
        return used == 0 ? 0 : (double) used / storedBytes.get(cell);
    }

    /**
     * What to show.
     *
     * @param offsetBytes rounded down to a block
     * @param lengthBytes 0 for all from the offset on
     * @param cells 1 to {@link #MAX_CELLS}; fewer come where there are fewer blocks
     */
    public record Query(String name, long offsetBytes, long lengthBytes, int cells) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_NAME} or {@link ErrorKind#INVALID_ARGUMENT} */
        public Query {
            DiskSpec.checkName(name);
            if (cells < 1 || cells > MAX_CELLS) {
                throw new CramdiskException(
                        ErrorKind.INVALID_ARGUMENT, "A map has 1 to " + MAX_CELLS + " cells, not " + cells + ".");
            }
            if (offsetBytes < 0 || lengthBytes < 0) {
                throw new CramdiskException(
                        ErrorKind.INVALID_ARGUMENT, "Offset and length of a map cannot be negative.");
            }
        }
    }
}
