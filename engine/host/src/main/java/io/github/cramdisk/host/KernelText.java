// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The small text formats of /proc and /sys. File names in them are taken as UTF-8, whatever the locale of the JVM is. */
public final class KernelText {
    private static final int OCTAL_DIGITS = 3;
    private static final int OCTAL = 8;

    private KernelText() {}

    /** The lines of a file of the kernel. */
    public static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** The only value of a file, without blanks around it; empty where the kernel has no such file. */
    public static Optional<String> value(Path file) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The words of a line. */
    public static List<String> words(String line) {
        return Arrays.stream(line.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /**
     * Undoes the escapes of mountinfo and swaps: blank, tab, newline, backslash and {@code #} are written as a backslash
     * and three octal digits; see seq_escape in the kernel's fs/seq_file.c.
     */
    public static String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\\' && isOctal(bytes, i + 1)) {
                plain.write(Integer.parseInt(new String(bytes, i + 1, OCTAL_DIGITS, StandardCharsets.US_ASCII), OCTAL));
                i += OCTAL_DIGITS;
            } else {
                plain.write(bytes[i]);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    /** The word in brackets of a choice such as {@code always [madvise] never}; empty where there is none. */
    public static Optional<String> chosen(String choice) {
        return words(choice).stream()
                .filter(word -> word.startsWith("[") && word.endsWith("]"))
                .map(word -> word.substring(1, word.length() - 1))
                .findFirst();
    }

    /** All words of a choice such as {@code always [madvise] never}, without the brackets. */
    public static List<String> choices(String choice) {
        return words(choice).stream()
                .map(word -> word.startsWith("[") && word.endsWith("]") ? word.substring(1, word.length() - 1) : word)
                .toList();
    }

    private static boolean isOctal(byte[] bytes, int from) {
        if (from > bytes.length - OCTAL_DIGITS) {
            return false;
        }
        for (int i = from; i < from + OCTAL_DIGITS; i++) {
            if (bytes[i] < '0' || bytes[i] > '7') {
                return false;
            }
        }
        // A byte has 8 bits: the first digit is 0 to 3.
        return bytes[from] <= '3';
    }
}
