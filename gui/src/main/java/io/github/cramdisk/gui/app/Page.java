// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

/** Where the window can be. */
public sealed interface Page {
    /** The machine's memory and all disks. */
    record Overview() implements Page {}

    /** Every volume in memory. */
    record Volumes() implements Page {}

    /** One volume that is no disk, by its mount point or device. */
    record Volume(String title) implements Page {}

    /** One disk. */
    record Disk(String name) implements Page {}
}
