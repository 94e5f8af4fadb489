// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The sentences of one properties file of this package, and its translations: one for each constant of an enum. */
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
        try {
            ResourceBundle sentences = ResourceBundle.getBundle(bundle, language, NO_FALLBACK);
            Object[] texts = Arrays.stream(arguments).map(String::valueOf).toArray();
            return new MessageFormat(sentences.getString(kind.name()), Locale.ROOT).format(texts);
        } catch (MissingResourceException e) {
            throw new AssertionError(bundle + " has no sentence for " + kind, e);
        }
    }
}
