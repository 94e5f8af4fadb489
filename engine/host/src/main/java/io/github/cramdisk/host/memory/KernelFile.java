// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the small text files of /proc and /sys. */
final class KernelFile {
    private static final long KIBI = 1024;
    /** cgroup v2 writes this word where nothing limits. */
    private static final String NO_LIMIT = "max";

    private KernelFile() {}

    /**
     * Lines like {@code MemTotal:  24684084 kB} (meminfo, status), in bytes; lines whose value is no number are left
     * out, values without a unit are taken as they are.
     */
    static Map<String, Long> readFields(Path file) throws IOException {
        Map<String, Long> fields = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                OptionalLong value = parseBytes(line, colon + 1);
                if (value.isPresent()) {
                    fields.put(line.substring(0, colon), value.getAsLong());
                }
            }
        }
        return fields;
    }

    /** Lines like {@code inactive_file 136757248} (memory.stat); empty where there is no such line. */
    static OptionalLong readStat(Path file, String key) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.length() > key.length() && line.startsWith(key) && line.charAt(key.length()) == ' ') {
                return parseBytes(line, key.length() + 1);
            }
        }
        return OptionalLong.empty();
    }

    /** A file that holds one number of bytes; empty where it holds {@code max} or does not exist. */
    static OptionalLong readLimit(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
        if (text.equals(NO_LIMIT)) {
            return OptionalLong.empty();
        }
        OptionalLong value = parseBytes(text, 0);
        if (value.isEmpty()) {
            throw new IOException(file + " holds no number of bytes: " + text);
        }
        return value;
    }

    /** The number after blanks at {@code from}, times 1024 where {@code kB} follows; empty where there is none. */
    static OptionalLong parseBytes(CharSequence line, int from) {
        int at = from;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        int start = at;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(line, start, at, 10);
            String unit = line.subSequence(at, line.length()).toString().strip();
            return OptionalLong.of(unit.equals("kB") ? Math.multiplyExact(value, KIBI) : value);
        } catch (NumberFormatException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
