// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The lines of {@code /proc/meminfo} that matter here, in bytes; see proc_meminfo(5) and
 * Documentation/filesystems/proc.rst of the kernel.
 *
 * @param cachedBytes page cache; shared memory and tmpfs are in it, the swap cache is not
 * @param shmemBytes shared memory and tmpfs, huge pages included
 * @param reclaimableSlabBytes kernel memory that is given back when needed (KReclaimable, on old kernels SReclaimable)
 */
public record MemInfo(
        long totalBytes,
        long freeBytes,
        long availableBytes,
        long buffersBytes,
        long cachedBytes,
        long shmemBytes,
        long reclaimableSlabBytes,
        long unreclaimableSlabBytes,
        long kernelStackBytes,
        long pageTablesBytes,
        long perCpuBytes,
        long swapTotalBytes,
        long swapFreeBytes) {

    /**
     * @param procRoot {@code /proc}, or a recorded tree
     * @throws IOException when the file cannot be read or lacks MemTotal, MemFree or MemAvailable (Linux before 3.14)
     */
    public static MemInfo read(Path procRoot) throws IOException {
        Path file = procRoot.resolve("meminfo");
        Map<String, Long> fields = KernelFile.readFields(file);
        return new MemInfo(
                required(fields, "MemTotal", file),
                required(fields, "MemFree", file),
                required(fields, "MemAvailable", file),
                optional(fields, "Buffers"),
                optional(fields, "Cached"),
                optional(fields, "Shmem"),
                fields.containsKey("KReclaimable")
                        ? optional(fields, "KReclaimable")
                        : optional(fields, "SReclaimable"),
                optional(fields, "SUnreclaim"),
                optional(fields, "KernelStack"),
                optional(fields, "PageTables") + optional(fields, "SecPageTables"),
                optional(fields, "Percpu"),
                optional(fields, "SwapTotal"),
                optional(fields, "SwapFree"));
    }

    private static long required(Map<String, Long> fields, String key, Path file) throws IOException {
        Long value = fields.get(key);
        if (value == null) {
            throw new IOException(file + " has no line " + key);
        }
        return value;
    }

    /** Lines that some kernels or containers leave out. */
    private static long optional(Map<String, Long> fields, String key) {
        return fields.getOrDefault(key, 0L);
    }
}
