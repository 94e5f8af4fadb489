// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the doctor says about a finding, in each language: three sentences in {@code findings.properties} for each id.
 *
 * @param what happened or is so
 * @param why it matters
 * @param remedy what to do
 */
public record FindingSentences(String what, String why, String remedy) {
    private static final Sentences SENTENCES = new Sentences("findings");

    /** Empty where there are none for this id. */
    public static Optional<FindingSentences> in(Locale language, String id, List<String> arguments) {
        Object[] texts = arguments.toArray();
        return SENTENCES
                .find(id + ".what", language, texts)
                .map(what -> new FindingSentences(
                        what,
                        SENTENCES.find(id + ".why", language, texts).orElse(""),
                        SENTENCES.find(id + ".remedy", language, texts).orElse("")));
    }
}
