// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Every text of the window, in the language it is shown in. There is one bundle for each package, in
 * {@code gui/texts}, named by the first word of its keys: {@code overview.title} is in {@code overview.properties} and
 * {@code overview_de.properties}. The language belongs to the process, like the default locale that it begins with.
 */
public final class Texts {
    private static final String BUNDLES = "io.github.cramdisk.gui.texts.";

    /** Without it a text that a language lacks would be looked up in the language of the machine. */
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static final Map<String, ResourceBundle> LOADED = new ConcurrentHashMap<>();
    private static volatile Locale language = Locale.getDefault(Locale.Category.DISPLAY);

    private Texts() {}

    /** From now on texts are in this language; what is on the screen already stays as it is. */
    public static void use(Locale newLanguage) {
        language = newLanguage;
        LOADED.clear();
    }

    public static Locale language() {
        return language;
    }

    /**
     * A text, its arguments filled in as {@link MessageFormat} does. Without arguments it is taken as it is written.
     *
     * @throws java.util.MissingResourceException where there is no such text
     */
    public static String of(String key, Object... arguments) {
        String bundle = key.substring(0, key.indexOf('.'));
        String text = LOADED.computeIfAbsent(
                        bundle, name -> ResourceBundle.getBundle(BUNDLES + name, language, NO_FALLBACK))
                .getString(key);
        return arguments.length == 0 ? text : new MessageFormat(text, language).format(arguments);
    }

    /** The sentence of an error. */
    public static String sentence(CramdiskException error) {
        return sentence(error.kind(), error.arguments().toArray());
    }

    public static String sentence(ErrorKind kind, Object... arguments) {
        return kind.sentenceIn(language, arguments);
    }

    /** Warnings, a line each. */
    public static String warnings(List<Warning> warnings) {
        return warnings.stream().map(warning -> warning.in(language)).collect(Collectors.joining("\n"));
    }

    /** A number written with a decimal point, with the decimal mark of the language. */
    static String localised(String number) {
        return number.replace('.', DecimalFormatSymbols.getInstance(language).getDecimalSeparator());
    }
}
