// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

/**
 * Counters of a zram device; see {@code Documentation/admin-guide/blockdev/zram.rst} of the kernel. Sizes in bytes;
 * what this kernel does not tell is 0.
 *
 * @param originalBytes stored in it, before compression, zero and same-filled pages apart
 * @param compressedBytes the same after compression
 * @param memoryBytes RAM it takes, overhead included
 * @param memoryPeakBytes the most RAM it took
 * @param samePages pages filled with one value, which take no memory
 * @param compactedPages pages freed by compaction
 * @param hugePages pages that do not compress
 * @param hugePagesSince pages that did not compress since the device was made
 * @param notifyFree pages given back by discard or by the swap layer
 * @param backingBytes written back to a disk
 */
public record ZramStats(
        long originalBytes,
        long compressedBytes,
        long memoryBytes,
        long memoryPeakBytes,
        long samePages,
        long compactedPages,
        long hugePages,
        long hugePagesSince,
        long failedReads,
        long failedWrites,
        long invalidIo,
        long notifyFree,
        long backingBytes) {
    /** Original by memory; 1.0 while the device is empty. */
    public double ratio() {
        return originalBytes == 0 || memoryBytes == 0 ? 1.0 : (double) originalBytes / memoryBytes;
    }
}
