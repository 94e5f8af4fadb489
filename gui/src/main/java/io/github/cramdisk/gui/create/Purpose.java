// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import java.util.Locale;

/** What a new volume is for; each has a kind that serves it, and a form. */
public enum Purpose {
    /** Fast room for files that may be lost: a tmpfs. */
    SCRATCH,
    /** Room for more files than memory: a compressed disk. */
    DISK,
    /** Room for more programs: swap on a zram device. */
    SWAP,
    /** Every kind with every option. */
    EXPERT;

    /** As in ids and texts: {@code scratch}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
