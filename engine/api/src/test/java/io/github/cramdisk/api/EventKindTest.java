// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventKindTest {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("io.github.cramdisk.api.events", Locale.ROOT);

    @ParameterizedTest
    @EnumSource
    void everyKindHasASentenceThatShowsItsArguments(EventKind kind) {
        MessageFormat format = new MessageFormat(SENTENCES.getString(kind.name()), Locale.ROOT);
        List<String> arguments = IntStream.range(0, format.getFormatsByArgumentIndex().length)
                .mapToObj(i -> "argument" + i)
                .toList();
        assertThat(kind.sentence(arguments.toArray())).contains(arguments).doesNotContain("{", "}", "''");
    }

    @Test
    void noSentenceIsWithoutItsKind() {
        assertThat(SENTENCES.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventKind.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void theGermanSentenceShowsItsArgumentsToo(EventKind kind) {
        Object[] arguments = IntStream.range(
                        0,
                        new MessageFormat(SENTENCES.getString(kind.name()), Locale.ROOT)
                                .getFormatsByArgumentIndex()
                                .length)
                .mapToObj(i -> "argument" + i)
                .toArray();
        assertThat(kind.sentenceIn(Locale.GERMAN, arguments))
                .contains(Arrays.stream(arguments).map(String::valueOf).toList())
                .doesNotContain("{", "}");
        if (kind != EventKind.OTHER) {
            assertThat(kind.sentenceIn(Locale.GERMAN, arguments)).isNotEqualTo(kind.sentence(arguments));
        }
    }
}
