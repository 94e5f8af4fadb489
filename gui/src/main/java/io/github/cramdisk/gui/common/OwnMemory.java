// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much private memory this window takes itself, because the bar of the machine's memory must not hide it. */
public final class OwnMemory {
    private static final String FIELD = "RssAnon:";

    private final Path status;

    public OwnMemory(Path status) {
        this.status = status;
    }

    /** Of this process, from {@code /proc/self/status} (see proc_pid_status(5)). */
    public static OwnMemory ofThisProcess() {
        return new OwnMemory(Path.of("/proc/self/status"));
    }

    /** Bytes; 0 where the system does not tell. */
    public long bytes() {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(FIELD)) {
                    String kibibytes =
                            line.substring(FIELD.length()).replace("kB", "").strip();
                    return Long.parseLong(kibibytes) << 10;
                }
            }
            return 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
