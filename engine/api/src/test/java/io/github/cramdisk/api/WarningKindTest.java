// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarningKindTest {
    @ParameterizedTest
    @EnumSource
    void everyKindHasASentenceInBothLanguages(WarningKind kind) {
        Object[] arguments = IntStream.range(0, 5).mapToObj(i -> "argument" + i).toArray();
        String english = kind.sentence(arguments);
        String german = kind.sentenceIn(Locale.GERMAN, arguments);
        assertThat(english).isNotBlank().doesNotContain("{", "}");
        assertThat(german).isNotBlank().doesNotContain("{", "}");
        for (Object argument : arguments) {
            assertThat(german.contains(argument.toString())).isEqualTo(english.contains(argument.toString()));
        }
        if (kind != WarningKind.OTHER) {
            assertThat(german).isNotEqualTo(english);
        }
    }

    @Test
    void aWarningOfANewerEngineStaysAsItWasSaid() {
        assertThat(new Warning("Mind that.", WarningKind.OTHER, List.of()).in(Locale.GERMAN))
                .isEqualTo("Mind that.");
        assertThat(Warning.of(WarningKind.VOLUMES_UNLIMITED, "/mnt/r").in(Locale.GERMAN))
                .startsWith("Nichts begrenzt /mnt/r");
    }
}
