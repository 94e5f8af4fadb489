// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import java.util.regex.Pattern;

/** A word of a command for sh(1), in single quotes where it needs any. */
public final class ShellText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellText() {}

    public static String word(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
