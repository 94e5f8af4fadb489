// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page size of this machine, from the first mapping that {@code /proc/self/smaps} tells of. */
final class PageSize {
    private static final Pattern LINE = Pattern.compile("KernelPageSize: +([0-9]+) kB");
    private static final long MOST_COMMON = 4096;
    private static final long KIB = 1024;

    private PageSize() {}

    static long bytes() {
        try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/self/smaps"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    return Long.parseLong(matcher.group(1)) * KIB;
                }
            }
        } catch (IOException e) {
            // Without /proc there is no telling; nearly all machines have the same.
            return MOST_COMMON;
        }
        return MOST_COMMON;
    }
}
