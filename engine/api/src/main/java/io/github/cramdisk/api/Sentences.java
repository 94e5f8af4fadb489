// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** The sentences of one properties file of this package, and its translations: found by a constant of an enum or a key. */
final class Sentences {
    /** Without it a bundle that a language lacks is looked up in the language of the machine. */
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final String bundle;

    /** @param file name of the file without its ending */
    Sentences(String file) {
        this.bundle = Sentences.class.getPackageName() + "." + file;
    }

    /** The sentence, arguments filled in; in English ({@link Locale#ROOT}) where there is no translation. */
    String of(Enum<?> kind, Locale language, Object... arguments) {
        return find(kind.name(), language, arguments)
                .orElseThrow(() -> new AssertionError(bundle + " has no sentence for " + kind));
    }

    /** The sentence with this key, arguments filled in; empty where there is none. */
    Optional<String> find(String key, Locale language, Object... arguments) {
        ResourceBundle sentences = ResourceBundle.getBundle(bundle, language, NO_FALLBACK);
        if (!sentences.containsKey(key)) {
            return Optional.empty();
        }
        Object[] texts = Arrays.stream(arguments).map(String::valueOf).toArray();
        return Optional.of(new MessageFormat(sentences.getString(key), Locale.ROOT).format(texts));
    }
}
