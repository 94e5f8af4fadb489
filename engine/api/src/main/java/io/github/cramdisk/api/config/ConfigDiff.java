// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying would change on this machine.
 *
 * @param changes one for each file that would change; empty: nothing would
 */
public record ConfigDiff(ConfigFormat format, List<Change> changes, List<ConfigNote> notes) {
    public ConfigDiff {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    /**
     * @param before null where the file is not there yet
     * @param after null where it would be deleted
     * @param unified as {@code diff -u} writes it
     */
    public record Change(
            String path, @Nullable String before, @Nullable String after, String unified) {}
}
