// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorKindTest {
    private static final ResourceBundle SENTENCES = ResourceBundle.getBundle("io.github.cramdisk.api.errors");

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
                        ErrorKind.PROGRAM_MISSING, ErrorKind.NOT_SUPPORTED_BY_KERNEL, ErrorKind.HELPER_MISSING);
    }
}
