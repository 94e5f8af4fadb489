// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import java.util.Locale;

/** What the user wants: a look, or what the desktop prefers. */
public enum ThemeChoice {
    SYSTEM,
    LIGHT,
    DARK,
    CONTRAST;

    /** The name in the settings file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #key}; anything else is {@link #SYSTEM}. */
    public static ThemeChoice ofKey(String key) {
        for (ThemeChoice choice : values()) {
            if (choice.key().equals(key)) {
                return choice;
            }
        }
        return SYSTEM;
    }
}
