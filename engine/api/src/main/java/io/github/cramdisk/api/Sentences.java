// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The sentences of one properties file of this package: one for each constant of an enum, with its arguments. */
final class Sentences {
    private final String file;
    private final ResourceBundle bundle;

    Sentences(String file) {
        this.file = file;
        this.bundle = ResourceBundle.getBundle(Sentences.class.getPackageName() + "." + file);
    }

    String of(Enum<?> kind, Object... arguments) {
        try {
            Object[] texts = Arrays.stream(arguments).map(String::valueOf).toArray();
            return new MessageFormat(bundle.getString(kind.name()), Locale.ROOT).format(texts);
        } catch (MissingResourceException e) {
            throw new AssertionError(file + ".properties has no sentence for " + kind, e);
        }
    }
}
