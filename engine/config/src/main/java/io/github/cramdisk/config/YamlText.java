// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

/**
 * Scalars of YAML: always between double quotes, with the escapes of YAML 1.2 section 5.7, so that no text is ever taken
 * for a number, a truth value, an anchor or a comment.
 */
final class YamlText {
    private YamlText() {}

    static String string(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < 0x20 || (c >= 0x7F && c <= 0xA0)) {
                        quoted.append(String.format("\\x%02X", c));
                    } else if (c == 0x2028 || c == 0x2029 || c == 0xFEFF || (c >= 0xD800 && c <= 0xDFFF)) {
                        quoted.append(String.format("\\u%04X", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
