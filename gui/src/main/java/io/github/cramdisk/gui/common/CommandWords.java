// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.util.regex.Pattern;

/** A command line in the making: words as a shell reads them. */
public final class CommandWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private final StringBuilder line;

    public CommandWords(String verb) {
        line = new StringBuilder("cramdisk ").append(verb);
    }

    /** A word as it is, or in capitals {@code instead} while it is missing. */
    public CommandWords word(String text, String instead) {
        line.append(' ').append(text.isEmpty() ? instead : quoted(text));
        return this;
    }

    /** An option with its value, left out while that is empty. */
    public CommandWords option(String name, String value) {
        if (!value.isEmpty()) {
            line.append(' ').append(name).append(' ').append(quoted(value));
        }
        return this;
    }

    public CommandWords flag(String name, boolean set) {
        if (set) {
            line.append(' ').append(name);
        }
        return this;
    }

    public static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
