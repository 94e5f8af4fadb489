// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import java.util.Objects;

/**
 * A file of configuration, or a part of one.
 *
 * @param path where it belongs on a machine; relative for what has no place of its own, such as {@code compose.yaml}
 * @param text all of it, UTF-8; of a part the lines that Cramdisk owns, without their marks
 * @param part whether it is part of a file with other lines, which are not Cramdisk's
 */
public record ConfigFile(String path, String text, boolean part) {
    public ConfigFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
    }

    /** The last component of the path. */
    @com.fasterxml.jackson.annotation.JsonIgnore
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
