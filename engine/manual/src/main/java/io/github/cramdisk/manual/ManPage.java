// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.manual;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, in the man macros of roff (man(7), section 1). */
final class ManPage {
    private final CommandSpec spec;
    private final String version;
    private final String day;
    private final StringBuilder text = new StringBuilder();

    ManPage(CommandSpec spec, String version, String day) {
        this.spec = spec;
        this.version = version;
        this.day = day;
    }

    /** {@code cramdisk-disk-create} for {@code cramdisk disk create}. */
    static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    String text() {
        text.setLength(0);
        line(".\\\" SPDX-License-Identifier: Apache-2.0");
        line(".TH " + name(spec).toUpperCase(Locale.ROOT) + " 1 " + day + " \"Cramdisk " + version + "\" Cramdisk");
        line(".SH NAME");
        line(escape(name(spec)) + " \\- " + escape(Texts.summary(spec)));
        line(".SH SYNOPSIS");
        line(".nf");
        Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        Texts.lines(help.synopsis(0).stripTrailing()).forEach(synopsis -> line(escape(synopsis)));
        line(".fi");
        line(".SH DESCRIPTION");
        paragraphs(Texts.lines(spec.usageMessage().description()));
        commands();
        parameters();
        options();
        footer();
        seeAlso();
        return text.toString();
    }

    private void commands() {
        if (!spec.subcommands().isEmpty()) {
            line(".SH COMMANDS");
            for (CommandSpec command : Main.subcommands(spec)) {
                tagged("\\fB" + escape(name(command)) + "\\fR(1)", Texts.summary(command) + ".");
            }
        }
    }

    private void parameters() {
        List<PositionalParamSpec> shown = spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (!shown.isEmpty()) {
            line(".SH ARGUMENTS");
            shown.forEach(parameter ->
                    tagged("\\fI" + escape(parameter.paramLabel()) + "\\fR", Texts.description(parameter)));
        }
    }

    private void options() {
        line(".SH OPTIONS");
        spec.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparingInt(OptionSpec::order).thenComparing(OptionSpec::longestName))
                .forEach(option -> tagged(tag(option), Texts.description(option)));
    }

    private static String tag(OptionSpec option) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            names.add("\\fB" + escape(name) + "\\fR");
        }
        String value = option.arity().max() == 0 ? "" : "=\\fI" + escape(option.paramLabel()) + "\\fR";
        return String.join(", ", names) + value;
    }

    private void footer() {
        String[] footer = spec.usageMessage().footer();
        if (footer.length > 0) {
            line(".SH NOTES");
            paragraphs(Texts.lines(footer));
        }
    }

    private void seeAlso() {
        List<String> pages = new ArrayList<>();
        CommandSpec parent = spec.parent();
        if (parent == null) {
            pages.add(".BR cramdisk\\-gui (1)");
            pages.add(".BR cramdisk\\-engine (8)");
        } else {
            pages.add(reference(name(parent)));
            Main.subcommands(parent).stream()
                    .filter(sibling -> sibling != spec)
                    .forEach(sibling -> pages.add(reference(name(sibling))));
        }
        line(".SH SEE ALSO");
        line(String.join(",\n", pages));
    }

    private static String reference(String page) {
        return ".BR " + escape(page) + " (1)";
    }

    private void paragraphs(List<String> paragraphs) {
        boolean first = true;
        for (String words : paragraphs) {
            if (!words.isBlank()) {
                if (!first) {
                    line(".PP");
                }
                line(escape(words));
                first = false;
            }
        }
    }

    private void tagged(String tag, String words) {
        line(".TP");
        line(tag);
        line(escape(words));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Text that roff prints as it is: nothing in it is a request, an escape or a character that it turns into another. */
    static String escape(String words) {
        StringBuilder escaped = new StringBuilder();
        words.codePoints().forEach(character -> {
            switch (character) {
                case '\\' -> escaped.append("\\(rs");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '"' -> escaped.append("\\(dq");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                case '`' -> escaped.append("\\(ga");
                default -> {
                    if (character < 0x80) {
                        escaped.append((char) character);
                    } else {
                        escaped.append("\\[u%04X]".formatted(character));
                    }
                }
            }
        });
        return escaped.indexOf(".") == 0 ? "\\&" + escaped : escaped.toString();
    }
}
