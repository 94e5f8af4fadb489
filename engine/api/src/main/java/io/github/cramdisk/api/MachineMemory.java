// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

/**
 * The memory of this machine, split so that the parts add up to {@code totalBytes}. All in bytes, from
 * {@code /proc/meminfo} (see proc_meminfo(5)).
 *
 * @param applicationsBytes anonymous memory of processes and all that fits nowhere else
 * @param kernelBytes unreclaimable slab, page tables, kernel stacks, per-CPU areas
 * @param sharedBytes shared memory and tmpfs, arenas of disks apart
 * @param disksBytes resident memory of all Cramdisk disks
 * @param cacheBytes page cache, buffers and reclaimable slab: given back when needed
 * @param freeBytes unused
 * @param availableBytes what can be taken without swapping (MemAvailable); overlaps cache and free
 * @param engineBytes private memory of the engine process; a part of {@code applicationsBytes}
 */
public record MachineMemory(
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
        long engineBytes) {}
