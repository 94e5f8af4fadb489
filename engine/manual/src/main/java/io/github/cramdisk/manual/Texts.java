// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.manual;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What the description of a command says, as plain text. */
final class Texts {
    private Texts() {}

    /** Lines as picocli prints them: a {@code %n} in them ends one, {@code %%} is a percent sign, and so is one alone. */
    static List<String> lines(String... raw) {
        return Arrays.stream(raw)
                .flatMap(line ->
                        Stream.of(line.replace("%n", "\n").replace("%%", "%").split("\n", -1)))
                .toList();
    }

    /** What a command does, in one line without its full stop. */
    static String summary(CommandSpec spec) {
        return withoutStop(lines(spec.usageMessage().description()).get(0));
    }

    /** What an option or parameter is, in one line. */
    static String description(ArgSpec argument) {
        return lines(argument.description()).stream().collect(Collectors.joining(" "));
    }

    /** The first sentence of {@link #description}, for a list of choices. */
    static String summary(ArgSpec argument) {
        String text = description(argument);
        int end = text.indexOf(". ");
        return withoutStop(end < 0 ? text : text.substring(0, end));
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
