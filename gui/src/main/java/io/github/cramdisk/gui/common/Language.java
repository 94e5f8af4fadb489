// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.util.Locale;

/** The languages of the window, and that of the machine. */
public enum Language {
    SYSTEM(Locale.getDefault(Locale.Category.DISPLAY)),
    ENGLISH(Locale.ENGLISH),
    GERMAN(Locale.GERMAN);

    private static final String KEY = "language";

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** What the settings say; the machine's where they say nothing that is known. */
    public static Language chosen(Settings settings) {
        String name = settings.get(KEY).orElse("");
        for (Language language : values()) {
            if (language.name().equalsIgnoreCase(name)) {
                return language;
            }
        }
        return SYSTEM;
    }

    /** Keeps the choice in the settings. */
    public void choose(Settings settings) {
        settings.put(KEY, name().toLowerCase(Locale.ROOT));
    }
}
