// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingTest {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("io.github.cramdisk.api.findings", Locale.ROOT);

    static Stream<String> keys() {
        return SENTENCES.keySet().stream().sorted();
    }

    private static String id(String key) {
        return key.substring(0, key.lastIndexOf('.'));
    }

    private static String part(Finding finding, String key) {
        return switch (key.substring(key.lastIndexOf('.') + 1)) {
            case "what" -> finding.what();
            case "why" -> finding.why();
            case "remedy" -> finding.remedy();
            default -> throw new AssertionError(key);
        };
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everySentenceShowsItsArgumentsInBothLanguages(String key) {
        int count = new MessageFormat(SENTENCES.getString(key), Locale.ROOT).getFormatsByArgumentIndex().length;
        Object[] arguments = IntStream.range(0, 4).mapToObj(i -> "argument" + i).toArray();
        Finding english = Finding.of(id(key), Finding.Severity.HINT, null, arguments);
        Finding german = english.in(Locale.GERMAN);
        for (Finding finding : List.of(english, german)) {
            assertThat(part(finding, key)).isNotBlank().doesNotContain("{", "}", "''");
        }
        assertThat(english.what()).isNotBlank();
        assertThat(english.why()).isNotBlank();
        assertThat(english.remedy()).isNotBlank();
        if (!SENTENCES.getString(key).equals("{0}")) {
            assertThat(part(german, key)).isNotEqualTo(part(english, key));
        }
        IntStream.range(0, count)
                .filter(i -> SENTENCES.getString(key).contains("{" + i + "}"))
                .forEach(i -> assertThat(part(german, key)).contains("argument" + i));
    }

    @Test
    void aFindingOfANewerEngineStaysAsItWasSaid() {
        Finding unknown = new Finding("unheard-of", Finding.Severity.HINT, "What.", "Why.", "Do.", null, List.of("x"));
        assertThat(unknown.in(Locale.GERMAN)).isEqualTo(unknown);
        assertThat(unknown.in(Locale.ROOT)).isEqualTo(unknown);
    }
}
