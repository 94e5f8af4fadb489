// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.configuration;

import io.github.cramdisk.api.config.ConfigFormat;
import java.util.List;
import java.util.Locale;

/**
 * A line of a preview, and how it is drawn.
 *
 * @param spans the parts of the line, each in its colour
 */
public record Line(Kind kind, List<Highlighter.Span> spans) {
    /** Each has its style class. */
    public enum Kind {
        /** The name of a file, before its lines. */
        FILE,
        /** Where a change is. */
        PLACE,
        ADDED,
        REMOVED,
        PLAIN;

        /** {@code line-added}. */
        String styleClass() {
            return "line-" + name().toLowerCase(Locale.ROOT);
        }
    }

    public Line {
        spans = List.copyOf(spans);
    }

    /** A line in one colour. */
    static Line of(Kind kind, String text) {
        return new Line(kind, List.of(new Highlighter.Span(Highlighter.Role.PLAIN, text)));
    }

    static Line ofText(ConfigFormat format, String text) {
        return new Line(Kind.PLAIN, Highlighter.spans(format, text));
    }

    static Line ofDiff(String text) {
        if (text.startsWith("+++") || text.startsWith("---")) {
            return of(Kind.FILE, text);
        }
        if (text.startsWith("@@")) {
            return of(Kind.PLACE, text);
        }
        return of(text.startsWith("+") ? Kind.ADDED : text.startsWith("-") ? Kind.REMOVED : Kind.PLAIN, text);
    }

    /** The whole line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        return text.toString();
    }
}
