// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.zram;

import java.util.List;

/**
 * What was read and written, and what went wrong: fields of {@code io_stat} and of the block layer's {@code stat}.
 *
 * @param failedReads and the like: counted since the device was set up; a failed write under a memory limit is lost data
 * @param notifiedFree pages given back because the swap slot or the discarded range they belonged to was freed
 */
public record ZramIo(
        long readBytes,
        long writtenBytes,
        long discardedBytes,
        long failedReads,
        long failedWrites,
        long invalidRequests,
        long notifiedFree) {
    private static final int SECTOR_BYTES = 512;
    /** Documentation/block/stat.rst. */
    private static final int READ_SECTORS = 2;

    private static final int WRITTEN_SECTORS = 6;
    private static final int DISCARDED_SECTORS = 13;

    static ZramIo of(List<Long> blockStat, List<Long> ioStat) {
        return new ZramIo(
                field(blockStat, READ_SECTORS) * SECTOR_BYTES,
                field(blockStat, WRITTEN_SECTORS) * SECTOR_BYTES,
                field(blockStat, DISCARDED_SECTORS) * SECTOR_BYTES,
                field(ioStat, 0),
                field(ioStat, 1),
                field(ioStat, 2),
                field(ioStat, 3));
    }

    private static long field(List<Long> fields, int index) {
        return index < fields.size() ? fields.get(index) : 0;
    }
}
