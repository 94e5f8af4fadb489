// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.configuration;

import java.util.Locale;

/** A line of a preview, and how it is drawn. */
public record Line(Kind kind, String text) {
    /** Each has its style class. */
    public enum Kind {
        /** The name of a file, before its lines. */
        FILE,
        COMMENT,
        SECTION,
        ADDED,
        REMOVED,
        PLAIN;

        /** {@code line-added}. */
        String styleClass() {
            return "line-" + name().toLowerCase(Locale.ROOT);
        }
    }

    static Line ofText(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("#")) {
            return new Line(Kind.COMMENT, text);
        }
        boolean section = stripped.startsWith("[") && stripped.endsWith("]");
        return new Line(section ? Kind.SECTION : Kind.PLAIN, text);
    }

    static Line ofDiff(String text) {
        if (text.startsWith("+++") || text.startsWith("---")) {
            return new Line(Kind.FILE, text);
        }
        if (text.startsWith("@@")) {
            return new Line(Kind.SECTION, text);
        }
        return new Line(text.startsWith("+") ? Kind.ADDED : text.startsWith("-") ? Kind.REMOVED : Kind.PLAIN, text);
    }
}
