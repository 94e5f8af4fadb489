// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

/**
 * The memory of the machine in parts that add up: applications + kernel + shared + disks + cache + free = total. All in
 * bytes, 0 or more.
 *
 * @param applicationsBytes anonymous memory, and all that fits nowhere else; the engine's private memory is in it
 * @param kernelBytes unreclaimable slab, page tables, kernel stacks, per-CPU areas
 * @param sharedBytes shared memory and tmpfs without the disks
 * @param cacheBytes page cache, buffers and reclaimable slab, without what belongs to the engine
 * @param availableBytes what can be taken without swapping; overlaps cache and free
 * @param engineBytes private memory of the engine; a part of applications
 */
public record MemoryUse(
        long totalBytes,
        long applicationsBytes,
        long kernelBytes,
        long sharedBytes,
        long disksBytes,
        long cacheBytes,
        long freeBytes,
        long availableBytes,
        long swapTotalBytes,
        long swapFreeBytes,
        long engineBytes) {

    /**
     * Splits what the kernel reports.
     *
     * <p>The numbers are read at slightly different moments, and the kernel's own counters are batched per CPU; where a
     * part would become negative, it is 0 and what is missing is taken from the largest neighbour, so that the sum holds.
     *
     * @param disksBytes resident memory of the arenas; they are on tmpfs, so at most all shared memory
     */
    public static MemoryUse of(MemInfo info, long disksBytes, ProcessMemory engine) {
        Remainder left = new Remainder(info.totalBytes());
        long free = left.take(info.freeBytes());
        long shmem = left.take(info.shmemBytes());
        long disks = Math.min(disksBytes, shmem);
        long kernel = left.take(
                info.unreclaimableSlabBytes() + info.kernelStackBytes() + info.pageTablesBytes() + info.perCpuBytes());
        long pageCache = Math.max(0, info.cachedBytes() - info.shmemBytes());
        long cache = info.buffersBytes() + pageCache + info.reclaimableSlabBytes() - engine.privateFileBytes();
        cache = left.take(Math.max(0, cache));
        long applications = left.bytes;
        return new MemoryUse(
                info.totalBytes(),
                applications,
                kernel,
                shmem - disks,
                disks,
                cache,
                free,
                info.availableBytes(),
                info.swapTotalBytes(),
                info.swapFreeBytes(),
                Math.min(engine.privateBytes(), applications));
    }

    /** What is not yet given to a part. */
    private static final class Remainder {
        private long bytes;

        Remainder(long bytes) {
            this.bytes = bytes;
        }

        long take(long wanted) {
            long taken = Math.min(wanted, bytes);
            bytes -= taken;
            return taken;
        }
    }
}
