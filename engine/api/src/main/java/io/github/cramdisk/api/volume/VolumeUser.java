// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import org.jspecify.annotations.Nullable;

/**
 * A process that keeps a volume busy.
 *
 * @param command its short name, as in {@code /proc/PID/comm}
 * @param path the file on the volume that it holds, null where it cannot be told
 */
public record VolumeUser(long pid, String command, @Nullable String path) {
    /** {@code bash (4711) /mnt/ram/file}. */
    @Override
    public String toString() {
        return command + " (" + pid + ")" + (path == null ? "" : " " + path);
    }
}
