// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

/**
 * One part of the machine's memory in the bar.
 *
 * @param label short, shown in the part where there is room
 * @param note a few more words for the tooltip, may be empty
 * @param colorIndex colour of the disk, -1 for what is no disk
 */
public record MemoryPart(Kind kind, String label, String note, long bytes, int colorIndex) {
    /** What a part is; the stylesheet has a class for each. */
    public enum Kind {
        APPLICATIONS,
        CRAMDISK,
        KERNEL,
        SHARED,
        DISK,
        CACHE,
        FREE
    }
}
