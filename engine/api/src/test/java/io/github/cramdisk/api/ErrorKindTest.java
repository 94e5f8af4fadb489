// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorKindTest {
    private static final ResourceBundle SENTENCES = bundle(Locale.ROOT);

    @ParameterizedTest
    @EnumSource
    void everyKindHasASentenceThatShowsItsArguments(ErrorKind kind) {
        MessageFormat format = new MessageFormat(SENTENCES.getString(kind.name()), Locale.ROOT);
        Object[] arguments = IntStream.range(0, format.getFormatsByArgumentIndex().length)
                .mapToObj(i -> "argument" + i)
                .toArray();
        assertThat(kind.sentence(arguments))
                .contains(Arrays.stream(arguments).map(String::valueOf).toList())
                .doesNotContain("{", "}", "''");
    }

    @Test
    void noSentenceIsWithoutItsKind() {
        assertThat(SENTENCES.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorKind.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void theGermanSentenceShowsTheSameArgumentsAsTheEnglish(ErrorKind kind) {
        assertThat(placeholders(bundle(Locale.GERMAN).getString(kind.name())))
                .isEqualTo(placeholders(SENTENCES.getString(kind.name())));
    }

    @Test
    void germanHasASentenceForEachKindAndNoOthers() {
        assertThat(bundle(Locale.GERMAN).keySet()).isEqualTo(SENTENCES.keySet());
        assertThat(Arrays.stream(ErrorKind.values())
                        .filter(kind -> kind != ErrorKind.INVALID_ARGUMENT)
                        .filter(kind -> kind.sentence("x").equals(kind.sentenceIn(Locale.GERMANY, "x"))))
                .as("left in English")
                .isEmpty();
    }

    @Test
    void isEnglishForScriptsWhateverTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(ErrorKind.NO_SUCH_DISK.sentence("x")).startsWith("There is no disk");
            assertThat(ErrorKind.NO_SUCH_DISK.sentenceIn(Locale.FRENCH, "x")).startsWith("There is no disk");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "io.github.cramdisk.api.errors",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static Set<String> placeholders(String sentence) {
        return Pattern.compile("\\{[0-9]\\}")
                .matcher(sentence)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @Test
    void keepsBracesAndApostrophesOfArguments() {
        assertThat(ErrorKind.INTERNAL.sentence("it's {0}")).contains("it's {0}");
    }

    @Test
    void mistakesOfTheUserExitWithTheUsageCodeAndNoOthers() {
        for (ErrorKind kind : ErrorKind.values()) {
            boolean usage = kind.name().startsWith("INVALID_");
            assertThat(kind.exitCode() == ExitCode.USAGE).as(kind.name()).isEqualTo(usage);
        }
    }

    @Test
    void scriptsSeeWhetherTheyMayNotOrCannot() {
        assertThat(Stream.of(ErrorKind.values()).filter(kind -> kind.exitCode() == ExitCode.NOT_AUTHORISED))
                .containsExactly(
                        ErrorKind.NOT_AUTHORISED,
                        ErrorKind.AUTHORISATION_DISMISSED,
                        ErrorKind.AUTHORISATION_PENDING,
                        ErrorKind.NO_AUTHENTICATION_AGENT);
        assertThat(Stream.of(ErrorKind.values()).filter(kind -> kind.exitCode() == ExitCode.NOT_SUPPORTED))
                .containsExactly(
                        ErrorKind.NBD_MISSING,
                        ErrorKind.CONFIG_NOT_APPLICABLE,
                        ErrorKind.PROGRAM_MISSING,
                        ErrorKind.NOT_SUPPORTED_BY_KERNEL,
                        ErrorKind.HELPER_MISSING);
    }
}
