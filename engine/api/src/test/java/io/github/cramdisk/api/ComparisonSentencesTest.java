// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.compare.Advice;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonSentencesTest {
    @ParameterizedTest
    @EnumSource
    void everyKindHasAName(Rival.Kind kind) {
        Rival rival = rival(kind);
        assertThat(ComparisonSentences.name(Locale.ROOT, rival)).isNotBlank().doesNotContain("{", "}");
        assertThat(ComparisonSentences.name(Locale.GERMAN, rival)).isNotBlank().doesNotContain("{", "}");
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsOneSentenceInBothLanguages(Advice.Reason reason) {
        Comparison comparison = new Comparison(
                "/files", 1 << 30, 1 << 30, 2L << 30, List.of(rival(Rival.Kind.DISK)), new Advice(0, reason), null);
        String english = ComparisonSentences.advice(Locale.ROOT, comparison);
        String german = ComparisonSentences.advice(Locale.GERMAN, comparison);
        assertThat(english).startsWith("Use a ").endsWith(".").doesNotContain("{", "}");
        assertThat(german).startsWith("Nehmen Sie ").endsWith(".").doesNotContain("{", "}");
        assertThat(german.contains("25 %")).isEqualTo(english.contains("25 %"));
        assertThat(german.contains("zstd:3")).isEqualTo(english.contains("zstd:3"));
    }

    @Test
    void aComparisonTakesAQuarterOfWhatIsAvailableAndNeverMoreThanTwiceTheSample() {
        assertThat(Comparison.mostMemoryBytes(4L << 30)).isEqualTo(1L << 30);
        assertThat(Comparison.mostMemoryBytes(64L << 30)).isEqualTo(2L << 30);
    }

    private static Rival rival(Rival.Kind kind) {
        return new Rival(kind, CodecSpec.zstd(3), 64 << 10, 512 << 20, 256 << 20, 1, 1, 1, 1);
    }
}
