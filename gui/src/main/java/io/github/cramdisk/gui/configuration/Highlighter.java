// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.configuration;

import io.github.cramdisk.api.config.ConfigFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a line of configuration apart, as an editor colours it: keys, values, texts in quotes, sections, comments. */
final class Highlighter {
    /** The group named {@code key} is what the line is about; before and after it is the rest. */
    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*(?<key>(?:\"[^\"]*\"|[A-Za-z_][\\w-]*)(?:\\.(?:\"[^\"]*\"|[\\w-]+))*)\\s*=(?!=).*");

    private static final Pattern YAML = Pattern.compile("\\s*(?:- )?(?<key>\"[^\"]*\"|[\\w./-]+):(?: .*)?");
    private static final Pattern OPTION = Pattern.compile("\\s*(?<key>--?[A-Za-z][\\w-]*).*");
    private static final Pattern COMMAND = Pattern.compile("\\s*(?<key>[a-z][\\w.-]*)(?: .*|$)");
    /** Six fields, of which the second is the mount point. */
    private static final Pattern FSTAB =
            Pattern.compile("\\S+\\s+(?<key>\\S+)\\s+\\S+\\s+\\S+(?:\\s+\\d+\\s+\\d+)?\\s*");

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'");
    private static final Pattern UNIT = Pattern.compile(".*\\.(?:service|mount|swap|target|timer|conf)");
    private static final Pattern SECTION = Pattern.compile("\\s*\\[[^\\]\"]+\\]\\s*");

    private Highlighter() {}

    /** A part of a line, and what it is. */
    record Span(Role role, String text) {}

    /** Each has its style class. */
    enum Role {
        PLAIN,
        KEY,
        QUOTED,
        SECTION,
        COMMENT;

        /** {@code code-key}. */
        String styleClass() {
            return "code-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** The format whose form a file has: beside lines of fstab there are units, too. */
    static ConfigFormat formOf(ConfigFormat format, String path) {
        return UNIT.matcher(path).matches() ? ConfigFormat.SYSTEMD : format;
    }

    /** The parts of a line, which together are the line. */
    static List<Span> spans(ConfigFormat format, String line) {
        if (line.isBlank()) {
            return List.of(new Span(Role.PLAIN, line));
        }
        if (line.stripLeading().startsWith("#")) {
            return List.of(new Span(Role.COMMENT, line));
        }
        if (SECTION.matcher(line).matches()) {
            return List.of(new Span(Role.SECTION, line));
        }
        Matcher found = pattern(format).matcher(line);
        List<Span> spans = new ArrayList<>();
        if (found.matches()) {
            addQuoted(spans, line.substring(0, found.start("key")));
            spans.add(new Span(Role.KEY, found.group("key")));
            addQuoted(spans, line.substring(found.end("key")));
        } else {
            addQuoted(spans, line);
        }
        return List.copyOf(spans);
    }

    private static Pattern pattern(ConfigFormat format) {
        return switch (format) {
            case FSTAB -> FSTAB;
            case SYSTEMD, ZRAM_GENERATOR, NIXOS -> ASSIGNMENT;
            case COMPOSE, KUBERNETES -> YAML;
            case DOCKER -> OPTION;
            case SHELL -> COMMAND;
        };
    }

    private static void addQuoted(List<Span> spans, String text) {
        Matcher quoted = QUOTED.matcher(text);
        int from = 0;
        while (quoted.find()) {
            addPlain(spans, text.substring(from, quoted.start()));
            spans.add(new Span(Role.QUOTED, quoted.group()));
            from = quoted.end();
        }
        addPlain(spans, text.substring(from));
    }

    private static void addPlain(List<Span> spans, String text) {
        if (!text.isEmpty()) {
            spans.add(new Span(Role.PLAIN, text));
        }
    }
}
