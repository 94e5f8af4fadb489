// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepKindTest {
    @ParameterizedTest
    @EnumSource
    void everyKindHasAClauseInBothLanguages(StepKind kind) {
        String english = kind.clause("one", "two");
        String german = kind.clauseIn(Locale.GERMAN, "one", "two");
        assertThat(english).isNotBlank().doesNotContain("{", "}");
        assertThat(german).doesNotContain("{", "}");
        assertThat(german.contains("one")).isEqualTo(english.contains("one"));
        assertThat(german.contains("two")).isEqualTo(english.contains("two"));
        if (kind != StepKind.OTHER) {
            assertThat(german).isNotEqualTo(english);
        }
    }
}
