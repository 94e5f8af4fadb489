// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Something to think of, which forbids nothing.
 *
 * @param sentence in English
 * @param arguments of the sentence, for those who say it in another language
 */
public record Warning(String sentence, WarningKind kind, List<String> arguments) {
    public Warning {
        kind = kind == null ? WarningKind.OTHER : kind;
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
    }

    public static Warning of(WarningKind kind, Object... arguments) {
        return new Warning(
                kind.sentence(arguments),
                kind,
                Stream.of(arguments).map(String::valueOf).toList());
    }

    /** The sentence in a language. */
    public String in(Locale language) {
        return kind == WarningKind.OTHER ? sentence : kind.sentenceIn(language, arguments.toArray());
    }
}
