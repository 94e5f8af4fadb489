// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import java.util.Locale;
import java.util.Objects;

/** What a comparison says, in each language: from {@code comparison.properties}. */
public final class ComparisonSentences {
    private static final int PERCENT = 100;
    private static final Sentences SENTENCES = new Sentences("comparison");

    private ComparisonSentences() {}

    /** The name of a rival, such as {@code disk, lz4, 4K}; in English ({@link Locale#ROOT}) where there is no translation. */
    public static String name(Locale language, Rival rival) {
        return find(language, rival.kind().text(), codec(rival), new ByteSize(rival.blockBytes()).formatExact());
    }

    /** One sentence that recommends. */
    public static String advice(Locale language, Comparison comparison) {
        Rival best = comparison.rivals().get(comparison.advice().rival());
        long percent = Math.round((double) PERCENT * best.restedMemoryBytes() / comparison.sampledBytes());
        return find(
                language,
                comparison.advice().reason().text(),
                codec(best),
                new ByteSize(best.blockBytes()).formatExact(),
                percent);
    }

    private static String codec(Rival rival) {
        return Objects.toString(rival.codec(), "");
    }

    private static String find(Locale language, String key, Object... arguments) {
        return SENTENCES.find(key, language, arguments).orElseThrow(() -> new AssertionError("no sentence for " + key));
    }
}
