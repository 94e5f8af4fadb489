// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import org.jspecify.annotations.Nullable;

/**
 * One part of the machine's memory in the bar.
 *
 * @param key of the volume, as in {@link io.github.cramdisk.gui.common.OwnVolumes}; empty for what is no volume
 * @param label short, shown in the part where there is room
 * @param note a few more words for the tooltip, may be empty
 * @param colorIndex colour of the volume, -1 for what is none
 * @param edge how far its edge can be moved; null where it has none
 */
public record MemoryPart(
        Kind kind,
        String key,
        String label,
        String note,
        long bytes,
        int colorIndex,
        @Nullable Edge edge) {
    /** What a part is; the stylesheet has a class for each. */
    public enum Kind {
        APPLICATIONS,
        CRAMDISK,
        KERNEL,
        SHARED,
        /** Volumes that are somebody else's. */
        FOREIGN,
        /** A volume of the user. */
        VOLUME,
        CACHE,
        FREE
    }

    /** What is no volume. */
    static MemoryPart plain(Kind kind, String label, String note, long bytes) {
        return new MemoryPart(kind, "", label, note, bytes, -1, null);
    }
}
