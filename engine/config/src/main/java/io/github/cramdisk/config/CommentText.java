// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

/** Names in comments of generated files: always on one line, and shown without their control characters. */
final class CommentText {
    private CommentText() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> line.append('\uFFFD');
                default -> line.appendCodePoint(c);
            }
        });
        // A comment that ends in a backslash would go on in the next line of a unit.
        return line.toString().replace('\\', '\uFFFD');
    }
}
