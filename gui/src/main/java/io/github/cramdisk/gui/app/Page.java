// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

/** Where the window can be. */
public sealed interface Page {
    /** The machine's memory and all disks. */
    record Overview() implements Page {}

    /** Every volume in memory. */
    record Volumes() implements Page {}

    /** Volumes as configuration of the system. */
    record Configuration() implements Page {}

    /** All volumes in one table, live. */
    record Monitor() implements Page {}

    /** What could be better on this machine. */
    record Doctor() implements Page {}

    /** What kinds of storage in memory make of files of the user. */
    record Compare() implements Page {}

    /** Jobs under way, and what happened. */
    record Activity() implements Page {}

    /** Language, theme, notifications, the engine. */
    record Settings() implements Page {}

    /** One volume that is no disk, by its mount point or device. */
    record Volume(String title) implements Page {}

    /** One disk. */
    record Disk(String name) implements Page {}
}
