// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
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
    void mistakesOfTheUserExitWithTheUsageCode() {
        for (ErrorKind kind : ErrorKind.values()) {
            boolean usage = kind.name().startsWith("INVALID_");
            assertThat(kind.exitCode()).as(kind.name()).isEqualTo(usage ? ExitCode.USAGE : ExitCode.FAILED);
        }
    }
}
