// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import java.util.Locale;

/** The kinds of volumes that have a form. */
public enum FormKind {
    DISK,
    TMPFS,
    RAMFS,
    ZRAM;

    /** The kind that serves a purpose; experts choose, and begin with the disk. */
    public static FormKind of(Purpose purpose) {
        return switch (purpose) {
            case SCRATCH -> TMPFS;
            case SWAP -> ZRAM;
            case DISK, EXPERT -> DISK;
        };
    }

    /** As in ids and texts: {@code tmpfs}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
