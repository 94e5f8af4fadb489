// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

/**
 * Values of zram-generator.conf(5), which the Rust library {@code ini} reads: between double quotes, with a backslash
 * before quote and backslash. Other escapes are not used; tab is written as it is.
 */
final class ZramGeneratorText {
    private ZramGeneratorText() {}

    static String value(String text) {
        if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new IllegalArgumentException("not for one line: " + CommentText.of(text));
        }
        if (text.matches("[A-Za-z0-9_./:=,@+-]+")) {
            return text;
        }
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /**
     * Whether the generator can name a mount point. It copies the path into a unit as it is: a percent sign becomes a
     * specifier there, white space and a backslash at the end are lost, control characters end the line.
     */
    static boolean isTarget(String target) {
        char last = target.charAt(target.length() - 1);
        return target.indexOf('%') < 0
                && SystemdText.fitsLine(target)
                && last != '\\'
                && !Character.isWhitespace(last)
                && SystemdText.unitOfPath(target, "mount").length() <= SystemdText.MOST_NAME_BYTES;
    }
}
