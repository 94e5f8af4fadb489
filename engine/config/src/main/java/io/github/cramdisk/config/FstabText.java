// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The escapes of a field of fstab(5): white space, backslash, {@code #} and control characters as a backslash and three
 * octal digits, as libmount's mangle() writes and reads them. {@code #} is escaped because systemd and others take a field
 * that begins with it for a comment.
 */
final class FstabText {
    private static final int DIGITS = 3;
    private static final int RADIX = 8;

    private FstabText() {}

    static String escape(String field) {
        StringBuilder text = new StringBuilder();
        field.chars().forEach(c -> {
            if (c <= ' ' || c == '\\' || c == '#' || c == 0x7F) {
                text.append('\\').append(String.format("%03o", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }

    /** Bytes, because an octal escape is a byte of UTF-8. */
    static String unescape(String field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = field.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\\' && isOctal(raw, i + 1)) {
                bytes.write(Integer.parseInt(new String(raw, i + 1, DIGITS, StandardCharsets.US_ASCII), RADIX));
                i += DIGITS;
            } else {
                bytes.write(raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isOctal(byte[] raw, int from) {
        if (from + DIGITS > raw.length || raw[from] > '3') {
            return false;
        }
        for (int i = from; i < from + DIGITS; i++) {
            if (raw[i] < '0' || raw[i] > '7') {
                return false;
            }
        }
        return true;
    }
}
