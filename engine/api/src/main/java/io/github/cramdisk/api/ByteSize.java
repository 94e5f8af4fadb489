// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, 0 or more. The one place where sizes are read from and written for people; units are binary (1K =
 * 1 KiB = 1024 bytes), as in {@code truncate(1)}, {@code tmpfs(5)} and {@code zramctl(8)}. On the wire it is a plain
 * number.
 */
public record ByteSize(@JsonValue long bytes) implements Comparable<ByteSize> {
    private static final Pattern TEXT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGTP]?)(?:I?B)?");
    private static final String UNITS = "KMGTP";

    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_SIZE} when negative
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ByteSize {
        if (bytes < 0) {
            throw new CramdiskException(ErrorKind.INVALID_SIZE, bytes);
        }
    }

    public static ByteSize ofKibi(long kibibytes) {
        return new ByteSize(Math.multiplyExact(kibibytes, 1L << 10));
    }

    public static ByteSize ofMebi(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    public static ByteSize ofGibi(long gibibytes) {
        return new ByteSize(Math.multiplyExact(gibibytes, 1L << 30));
    }

    /**
     * Reads {@code 4096}, {@code 512M}, {@code 1.5G}, {@code 2 GiB} and the like; case does not matter.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_SIZE} when it is no size, not a whole number of bytes, or more
     *     than 8 EiB
     */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new CramdiskException(ErrorKind.INVALID_SIZE, text);
        }
        String unit = matcher.group(2);
        int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        try {
            BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << shift));
            return new ByteSize(bytes.longValueExact());
        } catch (ArithmeticException e) {
            throw new CramdiskException(ErrorKind.INVALID_SIZE, e, text);
        }
    }

    /** For people: {@code 512 B}, {@code 64.0 KiB}, {@code 1.5 GiB}. */
    public String format() {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1023.95 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %siB", value, UNITS.charAt(unit));
    }

    /** Exact and short, to be read back by {@link #parse}: {@code 4K}, {@code 2G}, {@code 1000}. */
    public String formatExact() {
        int unit = -1;
        long value = bytes;
        while (value != 0 && value % 1024 == 0 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        return unit < 0 ? Long.toString(value) : value + UNITS.substring(unit, unit + 1);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return format();
    }
}
