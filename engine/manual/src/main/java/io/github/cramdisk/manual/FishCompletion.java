// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The completion of fish: one line for each word. Which line holds, the words before the cursor say, which a function of
 * its own compares: names of verbs occur under several nouns.
 */
final class FishCompletion {
    private static final String HEAD = """
            # SPDX-License-Identifier: Apache-2.0
            # Whether the words before the cursor, options left out, begin with those given; "-x" before them: and are no more.
            function __cramdisk_at
                set -l exact no
                if test "$argv[1]" = -x
                    set exact yes
                    set -e argv[1]
                end
                set -l words
                for word in (commandline -opc)[2..-1]
                    string match -q -- '-*' $word; or set -a words $word
                end
                test $exact = no; or test (count $words) -eq (count $argv); or return 1
                test (count $words) -ge (count $argv); or return 1
                for i in (seq (count $argv))
                    test "$words[$i]" = "$argv[$i]"; or return 1
                end
            end
            """;

    private final String program;
    private final StringBuilder text = new StringBuilder(HEAD);

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(CommandSpec root) {
        FishCompletion completion = new FishCompletion(root.name());
        Main.commands(root).forEach(completion::command);
        return completion.text.toString();
    }

    private void command(CommandSpec spec) {
        String words = path(spec);
        List<CommandSpec> below = Main.subcommands(spec);
        if (!below.isEmpty()) {
            below.forEach(command -> line(
                    "__cramdisk_at -x" + words, "-f -a " + command.name() + " -d " + quote(Texts.summary(command))));
        } else {
            spec.options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> line("__cramdisk_at" + words, option(option)));
        }
    }

    /** {@code " disk create"}; nothing for the root. */
    private static String path(CommandSpec spec) {
        return spec.parent() == null ? "" : path(spec.parent()) + " " + spec.name();
    }

    private static String option(OptionSpec option) {
        List<String> words = new ArrayList<>();
        for (String name : option.names()) {
            words.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            words.add("-r");
            if (option.completionCandidates() != null) {
                List<String> candidates = new ArrayList<>();
                option.completionCandidates().forEach(candidates::add);
                words.add("-f -a " + quote(candidates.stream().collect(Collectors.joining(" "))));
            }
        }
        words.add("-d " + quote(Texts.summary(option)));
        return String.join(" ", words);
    }

    private void line(String condition, String what) {
        text.append("complete -c ")
                .append(program)
                .append(" -n ")
                .append(quote(condition))
                .append(' ')
                .append(what)
                .append('\n');
    }

    private static String quote(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
