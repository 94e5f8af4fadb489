// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import java.util.List;

/**
 * Volumes in one format.
 *
 * @param files in the order in which a person would read them
 * @param notes what the format cannot say, by volume
 */
public record ConfigExport(ConfigFormat format, List<ConfigFile> files, List<ConfigNote> notes) {
    public ConfigExport {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }
}
