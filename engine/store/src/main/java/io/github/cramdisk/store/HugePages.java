// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a tmpfs gives huge pages to those who ask: it was mounted with {@code huge=advise}, {@code within_size} or
 * {@code always} (tmpfs(5)).
 */
final class HugePages {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    /** Fields of a line, see proc_pid_mountinfo(5): the mount point; what follows the separator is type, source, options. */
    private static final int FIELD_MOUNT_POINT = 4;

    private static final String SEPARATOR = " - ";

    private HugePages() {}

    /** Answers for the mount that a directory lies on; false when that cannot be told. */
    static boolean offeredBy(Path directory) {
        try {
            return offeredBy(directory.toRealPath(), Files.readString(MOUNTS, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    static boolean offeredBy(Path realDirectory, String mountInfo) {
        Path best = null;
        boolean offered = false;
        for (String line : mountInfo.lines().toList()) {
            int separator = line.indexOf(SEPARATOR);
            String[] fields = line.split(" ", FIELD_MOUNT_POINT + 2);
            if (separator < 0 || fields.length <= FIELD_MOUNT_POINT) {
                continue;
            }
            Path mountPoint = Path.of(fields[FIELD_MOUNT_POINT]);
            // The last of several mounts on one point is the one that is seen.
            if (realDirectory.startsWith(mountPoint)
                    && (best == null || mountPoint.getNameCount() >= best.getNameCount())) {
                best = mountPoint;
                offered = line.startsWith("tmpfs", separator + SEPARATOR.length())
                        && line.matches(".*[ ,]huge=(advise|within_size|always)(,.*)?");
            }
        }
        return offered;
    }
}
