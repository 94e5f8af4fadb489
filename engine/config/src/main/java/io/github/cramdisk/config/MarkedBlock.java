// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of Cramdisk in a file that belongs to others, between two marks. Works on bytes: whatever stands outside the
 * marks stays as it is, in any encoding. Without state.
 *
 * <pre>
 * ... what was there ...
 * # BEGIN Cramdisk. What you change up to its end is lost when Cramdisk writes it again.
 * tmpfs /mnt/scratch tmpfs nosuid,nodev,size=2G 0 0
 * # END Cramdisk.
 * </pre>
 *
 * <p>A file that did not end with a line end gets one before the mark, which then says so, and it goes with the block.
 */
final class MarkedBlock {
    private static final String BEGIN =
            "# BEGIN Cramdisk. What you change up to its end is lost when Cramdisk writes it again.";
    private static final String JOINED = " (The line before had no end.)";
    private static final String END = "# END Cramdisk.";
    private static final Pattern BLOCK = Pattern.compile(
            "\\n?" + Pattern.quote(BEGIN + JOINED) + "\\n(.*?)^" + Pattern.quote(END) + "(?:\\n|\\z)|^"
                    + Pattern.quote(BEGIN) + "\\n(.*?)^" + Pattern.quote(END) + "(?:\\n|\\z)",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern MARK = Pattern.compile("^# (?:BEGIN|END) Cramdisk\\.", Pattern.MULTILINE);

    private MarkedBlock() {}

    /** One file that cannot be changed safely. */
    static final class DamagedException extends Exception {
        DamagedException() {
            super(
                    "its marks \"# BEGIN Cramdisk.\" and \"# END Cramdisk.\" are damaged; remove both and what is between");
        }
    }

    /** The lines between the marks, without them. */
    static Optional<String> inside(byte @Nullable [] file) throws DamagedException {
        Matcher matcher = find(text(file));
        if (matcher == null) {
            return Optional.empty();
        }
        String inner = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return Optional.of(new String(inner.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    /** The file with these lines between the marks, in the place of the old ones; without marks where there are none. */
    static byte[] replace(byte @Nullable [] file, String lines) throws DamagedException {
        String text = text(file);
        Matcher matcher = find(text);
        String before = matcher == null ? text : text.substring(0, matcher.start());
        String after = matcher == null ? "" : text.substring(matcher.end());
        if (lines.isEmpty()) {
            return bytes(before + after);
        }
        boolean joined = !before.isEmpty() && !before.endsWith("\n");
        String block = (joined ? "\n" + BEGIN + JOINED : BEGIN) + "\n" + latin(lines) + END + "\n";
        return bytes(before + block + after);
    }

    private static @Nullable Matcher find(String text) throws DamagedException {
        Matcher matcher = BLOCK.matcher(text);
        boolean found = matcher.find();
        long marks = MARK.matcher(text).results().count();
        if (marks != (found ? 2 : 0)) {
            throw new DamagedException();
        }
        return found ? matcher : null;
    }

    /** A character for each byte. */
    private static String text(byte @Nullable [] file) {
        return file == null ? "" : new String(file, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Whether two contents are the same. */
    static boolean same(byte @Nullable [] one, byte @Nullable [] other) {
        return Arrays.equals(one, other);
    }
}
