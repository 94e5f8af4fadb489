// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.DiskMap;

/**
 * Which part of a disk's addresses a map shows, in how many cells at most.
 *
 * @param lengthBytes 0 where nothing is shown
 */
public record MapZoom(long offsetBytes, long lengthBytes, int mostCells) {
    public static final MapZoom NOTHING = new MapZoom(0, 0, 1);

    /** How much closer one step goes. */
    private static final long STEP = 16;
    /** Closer than so many blocks there is nothing new to see. */
    private static final long LEAST_BLOCKS = 16;

    DiskMap.Query query(String name) {
        long cell = cellBytes();
        return new DiskMap.Query(name, offsetBytes, lengthBytes, (int) Math.max(1, (lengthBytes + cell - 1) / cell));
    }

    /** A power of two, so that cells begin at round addresses. */
    private long cellBytes() {
        long least = Math.max(1, (lengthBytes + mostCells - 1) / mostCells);
        return least == 1 ? 1 : Long.highestOneBit(least - 1) << 1;
    }

    /** The part around an address that is a step closer, within a disk; this one where it cannot be closer. */
    MapZoom closer(long addressBytes, long sizeBytes, int blockBytes) {
        long length = Math.max(LEAST_BLOCKS * blockBytes, roundUp(lengthBytes / STEP, blockBytes));
        if (length >= lengthBytes) {
            return this;
        }
        return around(addressBytes, length, sizeBytes, blockBytes);
    }

    /** The part around the middle of this one that is a step further away. */
    MapZoom further(long sizeBytes, int blockBytes) {
        long length = lengthBytes > sizeBytes / STEP ? sizeBytes : lengthBytes * STEP;
        return around(offsetBytes + lengthBytes / 2, length, sizeBytes, blockBytes);
    }

    MapZoom whole(long sizeBytes) {
        return new MapZoom(0, sizeBytes, mostCells);
    }

    boolean isWhole(long sizeBytes) {
        return offsetBytes == 0 && lengthBytes >= sizeBytes;
    }

    MapZoom withCells(int cells) {
        return new MapZoom(offsetBytes, lengthBytes, Math.max(1, Math.min(DiskMap.MAX_CELLS, cells)));
    }

    private MapZoom around(long address, long length, long sizeBytes, int blockBytes) {
        long step = Math.max(blockBytes, Long.highestOneBit(Math.max(1, length / LEAST_BLOCKS)));
        long offset = Math.max(0, Math.min(address - length / 2, sizeBytes - length)) / step * step;
        return new MapZoom(offset, Math.min(length, sizeBytes - offset), mostCells);
    }

    private static long roundUp(long value, long unit) {
        return (value + unit - 1) / unit * unit;
    }
}
