// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values of the Nix language, laid out as nixfmt does: strings between double quotes, with a backslash before quotes,
 * backslashes and dollar signs, which could begin an interpolation; names quoted where they are no identifiers. Without
 * state.
 */
final class NixText {
    private static final Set<String> KEYWORDS =
            Set.of("assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with");

    private NixText() {}

    static String string(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '$' -> quoted.append("\\$");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    static String name(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_'-]*") && !KEYWORDS.contains(name) ? name : string(name);
    }

    /** A list of strings, one a line; at {@code depth} steps of two spaces. */
    static String list(List<String> items, int depth) {
        if (items.isEmpty()) {
            return "[ ]";
        }
        if (items.size() == 1) {
            return "[ " + string(items.get(0)) + " ]";
        }
        StringBuilder text = new StringBuilder("[\n");
        items.forEach(
                item -> text.append("  ".repeat(depth + 1)).append(string(item)).append('\n'));
        return text.append("  ".repeat(depth)).append(']').toString();
    }

    /** An attribute set; the values are Nix already. */
    static String set(Map<String, String> attributes, int depth) {
        if (attributes.isEmpty()) {
            return "{ }";
        }
        StringBuilder text = new StringBuilder("{\n");
        attributes.forEach((name, value) -> text.append("  ".repeat(depth + 1))
                .append(name)
                .append(" = ")
                .append(value)
                .append(";\n"));
        return text.append("  ".repeat(depth)).append('}').toString();
    }
}
