// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** From pages of this machine to bytes. */
final class PageCounts {
    private static final long MOST_COMMON = 4096;
    private static final long KIB = 1024;
    private static final String LINE = "KernelPageSize:";

    private final long pageBytes = read();

    int pageBytes() {
        return (int) pageBytes;
    }

    long bytes(long pages) {
        return pages * pageBytes;
    }

    private static long read() {
        try {
            for (String line : KernelText.lines(Path.of("/proc/self/smaps"))) {
                if (line.startsWith(LINE)) {
                    List<String> words = KernelText.words(line);
                    return Long.parseLong(words.get(1)) * KIB;
                }
            }
        } catch (IOException e) {
            return MOST_COMMON;
        }
        return MOST_COMMON;
    }
}
