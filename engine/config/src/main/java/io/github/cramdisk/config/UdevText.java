// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

/**
 * Values of udev(7) rules, which stand between double quotes: {@code $} and {@code %} are doubled, because they begin a
 * substitution. A value with a quote, a backslash or a line end is refused: older versions of udev cannot write them, and
 * no value that Cramdisk has may contain one.
 */
final class UdevText {
    private UdevText() {}

    static String value(String text) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || Character.isISOControl(c)) {
                throw new IllegalArgumentException("not for a udev rule: " + CommentText.of(text));
            }
            value.append(c);
            if (c == '$' || c == '%') {
                value.append(c);
            }
        }
        return value.toString();
    }

    /** A word of a command in RUN, where single quotes hold words together. */
    static String word(String text) {
        if (text.indexOf('\'') >= 0) {
            throw new IllegalArgumentException("not for a udev rule: " + CommentText.of(text));
        }
        String value = value(text);
        return value.matches("[A-Za-z0-9_./:=@^,+-]+") ? value : "'" + value + "'";
    }
}
