// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Reads the private memory of one process, its arenas left out, cheaply enough to be asked ten times a second.
 *
 * <p>{@code smaps_rollup} would not do: pages of an arena (a mapped file on tmpfs) count there as private of the one
 * process that maps them. So anonymous memory comes from {@code /proc/PID/status} (RssAnon) at every call, and the
 * private file pages come from {@code /proc/PID/smaps}, mapping by mapping, arenas skipped. The kernel walks every mapped
 * page for smaps, arenas too, so that part is read again only after {@link #FILE_PAGES_AGE}; it hardly changes once the
 * program is loaded. Safe for use by several threads.
 */
public final class ProcessMemoryReader {
    static final Duration FILE_PAGES_AGE = Duration.ofSeconds(30);

    private final Path processDirectory;
    private final String arenaPrefix;
    private final LongSupplier nanoTime;
    private long filePages = -1;
    private long filePagesReadNanos;

    /**
     * @param processDirectory {@code /proc/self}, {@code /proc/PID} or a recorded directory
     * @param arenaDirectory mapped files below it are not counted
     */
    public ProcessMemoryReader(Path processDirectory, Path arenaDirectory) {
        this(processDirectory, arenaDirectory, System::nanoTime);
    }

    ProcessMemoryReader(Path processDirectory, Path arenaDirectory, LongSupplier nanoTime) {
        this.processDirectory = processDirectory;
        this.arenaPrefix = arenaDirectory.toAbsolutePath() + "/";
        this.nanoTime = nanoTime;
    }

    /** @throws IOException when the process is gone or belongs to somebody else */
    public synchronized ProcessMemory read() throws IOException {
        Map<String, Long> status = KernelFile.readFields(processDirectory.resolve("status"));
        long now = nanoTime.getAsLong();
        if (filePages < 0 || now - filePagesReadNanos >= FILE_PAGES_AGE.toNanos()) {
            filePages = readPrivateFileBytes();
            filePagesReadNanos = now;
        }
        return new ProcessMemory(status.getOrDefault("RssAnon", 0L), status.getOrDefault("VmSwap", 0L), filePages);
    }

    /**
     * Adds up, over the mappings of files outside the arenas, what is private and not anonymous. A mapping is a header
     * line ({@code START-END PERMISSIONS OFFSET DEVICE INODE PATH}) and the lines {@code Key: N kB} that follow it; see
     * proc_pid_smaps(5).
     */
    private long readPrivateFileBytes() throws IOException {
        long sum = 0;
        boolean counted = false;
        long privateBytes = 0;
        try (BufferedReader lines =
                Files.newBufferedReader(processDirectory.resolve("smaps"), StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (isHeader(line)) {
                    sum += Math.max(0, privateBytes);
                    privateBytes = 0;
                    int path = line.indexOf('/');
                    counted = path >= 0 && !line.startsWith(arenaPrefix, path);
                } else if (counted) {
                    privateBytes += switch (key(line)) {
                        case "Private_Clean", "Private_Dirty" -> bytes(line);
                        // Counted by RssAnon: copies of file pages that were written.
                        case "Anonymous" -> -bytes(line);
                        default -> 0;
                    };
                }
            }
        }
        return sum + Math.max(0, privateBytes);
    }

    /** Keys begin with a capital letter, addresses are hexadecimal in lower case. */
    private static boolean isHeader(String line) {
        return !line.isEmpty() && !Character.isUpperCase(line.charAt(0));
    }

    private static String key(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon);
    }

    private static long bytes(String line) {
        return KernelFile.parseBytes(line, line.indexOf(':') + 1).orElse(0);
    }
}
