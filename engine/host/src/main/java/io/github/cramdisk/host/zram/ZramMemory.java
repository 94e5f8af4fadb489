// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.zram;

import java.util.List;

/**
 * The fields of {@code mm_stat}; see Documentation/admin-guide/blockdev/zram.rst. Older kernels have fewer, which are 0
 * then.
 *
 * @param originalBytes what is stored, before compression; pages of one repeated value are not in it
 * @param compressedBytes the same after compression
 * @param usedBytes memory taken, allocator's waste and metadata included
 * @param limitBytes the limit on usedBytes; 0 for none
 * @param peakBytes the most that usedBytes ever was
 * @param samePages pages of one repeated value, which cost no memory
 * @param compactedPages pages freed by compaction
 * @param hugePages pages that did not compress and are stored as they are
 * @param hugePagesSince the same since the device was set up
 */
public record ZramMemory(
        long originalBytes,
        long compressedBytes,
        long usedBytes,
        long limitBytes,
        long peakBytes,
        long samePages,
        long compactedPages,
        long hugePages,
        long hugePagesSince) {
    static ZramMemory of(List<Long> fields) {
        return new ZramMemory(
                field(fields, 0),
                field(fields, 1),
                field(fields, 2),
                field(fields, 3),
                field(fields, 4),
                field(fields, 5),
                field(fields, 6),
                field(fields, 7),
                field(fields, 8));
    }

    private static long field(List<Long> fields, int index) {
        return index < fields.size() ? fields.get(index) : 0;
    }
}
