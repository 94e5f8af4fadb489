// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of zsh: one function for each command, of the form that zshcompsys(1) describes. */
final class ZshCompletion {
    private final StringBuilder text = new StringBuilder();

    private ZshCompletion() {}

    static String of(CommandSpec root) {
        ZshCompletion completion = new ZshCompletion();
        completion.line("#compdef " + root.name());
        completion.line("# SPDX-License-Identifier: Apache-2.0");
        Main.commands(root).forEach(completion::function);
        completion.line(function(root.qualifiedName("_")) + " \"$@\"");
        return completion.text.toString();
    }

    private static String function(String name) {
        return "_" + name.replace('-', '_');
    }

    private void function(CommandSpec spec) {
        List<CommandSpec> below = Main.subcommands(spec);
        line("");
        line(function(spec.qualifiedName("_")) + "() {");
        if (below.isEmpty()) {
            List<String> words = new ArrayList<>();
            spec.options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> Stream.of(option.names()).forEach(name -> words.add(argument(name, option))));
            if (!spec.positionalParameters().isEmpty()) {
                words.add("'*: :_files'");
            }
            line("    _arguments " + String.join(" \\\n        ", words));
        } else {
            line("    local line state commands");
            line("    _arguments -C '1: :->command' '*:: :->rest'");
            line("    case $state in");
            line("    command)");
            line("        commands=(");
            below.forEach(command -> line("            "
                    + quote(command.name() + ":" + Texts.summary(command).replace(":", "\\:"))));
            line("        )");
            line("        _describe command commands");
            line("        ;;");
            line("    rest)");
            line("        case $line[1] in");
            below.forEach(
                    command -> line("        " + command.name() + ") " + function(command.qualifiedName("_")) + " ;;"));
            line("        esac");
            line("        ;;");
            line("    esac");
        }
        line("}");
    }

    /** {@code '--size=[What it is]:SIZE:'}; values without candidates are completed as files. */
    private static String argument(String name, OptionSpec option) {
        String what =
                "[" + Texts.summary(option).replace("[", "(").replace("]", ")").replace(":", "\\:") + "]";
        if (option.arity().max() == 0) {
            return quote(name + what);
        }
        return quote(name + (name.startsWith("--") ? "=" : "+") + what + ":"
                + option.paramLabel().replace(":", "\\:") + ":" + action(option));
    }

    private static String action(OptionSpec option) {
        List<String> candidates = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(candidates::add);
        }
        return candidates.isEmpty() ? "_files" : "(" + String.join(" ", candidates) + ")";
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
