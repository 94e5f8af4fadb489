// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import java.util.regex.Pattern;

/** A word of a command that a person may copy into a shell. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
