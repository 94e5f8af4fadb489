// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import java.nio.charset.StandardCharsets;

/** The escapes of systemd: names of units, values of settings, words of commands. Without state. */
final class SystemdText {
    /** UNIT_NAME_MAX of systemd's unit-name.h, without the final zero byte. */
    static final int MOST_NAME_BYTES = 255;

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_.";

    private SystemdText() {}

    /** As {@code systemd-escape --path --suffix=SUFFIX} writes it. */
    static String unitOfPath(String path, String suffix) {
        String inner = path.substring(1);
        StringBuilder name = new StringBuilder();
        byte[] bytes = inner.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xFF);
            if (c == '/') {
                name.append('-');
            } else if (PLAIN.indexOf(c) >= 0 && !(c == '.' && i == 0)) {
                name.append(c);
            } else {
                name.append(String.format("\\x%02x", (int) c));
            }
        }
        return name + "." + suffix;
    }

    /** The path of such a name. */
    static String pathOfUnit(String name) {
        String stem = name.substring(0, name.lastIndexOf('.'));
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < stem.length(); i++) {
            char c = stem.charAt(i);
            if (c == '-') {
                bytes.write('/');
            } else if (c == '\\' && i + 3 < stem.length() && stem.charAt(i + 1) == 'x') {
                bytes.write(Integer.parseInt(stem.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                bytes.write(c);
            }
        }
        return "/" + bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * A value that is one text to the end of its line, such as {@code Options=}: specifiers are doubled.
     *
     * @throws IllegalArgumentException for what would not stay on the line; see {@link #fitsLine}
     */
    static String value(String text) {
        if (!fitsLine(text)) {
            throw new IllegalArgumentException("not for one line of a unit: " + CommentText.of(text));
        }
        return text.replace("%", "%%");
    }

    /** A path as a value. A slash at the end keeps white space from being cut off, and a backslash from joining lines. */
    static String path(String path) {
        char last = path.charAt(path.length() - 1);
        return value(last == '\\' || Character.isWhitespace(last) ? path + "/" : path);
    }

    /** Whether a value can hold it: no control characters, because some end the line and none can be escaped. */
    static boolean fitsLine(String text) {
        return text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0 || (c < ' ' && c != '\t') || c == 0x7F);
    }

    /** A word of a command, as systemd.service(5) reads it; quoted where it needs to be. */
    static String word(String text) {
        String doubled = text.replace("%", "%%").replace("$", "$$");
        if (doubled.matches("[A-Za-z0-9_./:=@%^+,-]+")) {
            return doubled;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < doubled.length(); i++) {
            char c = doubled.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F) {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
