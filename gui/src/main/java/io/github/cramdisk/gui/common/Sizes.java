// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sizes, rates and ratios as the window writes and reads them. */
public final class Sizes {
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final double LARGEST_PLAIN_RATIO = 100;
    private static final int DIGITS_WITHOUT_DECIMAL = 3;
    private static final long QUARTER_GIBIBYTE = 256L << 20;

    private Sizes() {}

    /** {@code 1.5 GiB}; from a hundred on without the decimal, {@code 640 MiB}: it would only flicker. */
    public static String format(long bytes) {
        String text = new ByteSize(Math.max(0, bytes)).format();
        int point = text.indexOf('.');
        if (point < DIGITS_WITHOUT_DECIMAL) {
            return Texts.localised(text);
        }
        int unit = text.indexOf(' ');
        return Math.round(Double.parseDouble(text.substring(0, unit))) + text.substring(unit);
    }

    /** {@code 4 KiB}: without the decimal where it is zero. */
    public static String formatShort(long bytes) {
        return format(bytes).replace(Texts.localised(".0 "), " ");
    }

    /** {@code 96.0 MiB/s}. */
    public static String formatRate(double bytesPerSecond) {
        return format(Math.round(bytesPerSecond)) + "/s";
    }

    /** {@code 2.42×} with two decimals, fewer where the number is large. */
    public static String formatRatio(double ratio, int decimals) {
        return formatNumber(ratio, ratio >= LARGEST_PLAIN_RATIO ? 0 : decimals) + "×";
    }

    /** {@code 2.4}, with the decimal mark of the language. */
    public static String formatNumber(double value, int decimals) {
        return Texts.localised(String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    /** For a size that somebody chooses: {@code 2.75 GiB} where {@link #format} would round. */
    public static String formatChosen(ByteSize size) {
        String typed = formatTyped(size);
        int unit = typed.length() - 1;
        return typed.indexOf('.') >= 0
                ? Texts.localised(typed.substring(0, unit)) + " " + typed.charAt(unit) + "iB"
                : format(size.bytes());
    }

    /** As people would type it, exact: {@code 512M}, {@code 2.75G}. */
    public static String formatTyped(ByteSize size) {
        if (size.bytes() >= 4 * QUARTER_GIBIBYTE && size.bytes() % QUARTER_GIBIBYTE == 0) {
            BigDecimal gibibytes = BigDecimal.valueOf(size.bytes() / QUARTER_GIBIBYTE)
                    .divide(BigDecimal.valueOf(4))
                    .stripTrailingZeros();
            return gibibytes.scale() <= 0 ? size.formatExact() : gibibytes.toPlainString() + "G";
        }
        return size.formatExact();
    }

    /**
     * Reads a size as people type it. A bare number that is too small to be a disk's bytes means GiB: {@code 4} is
     * {@code 4G}.
     *
     * @throws io.github.cramdisk.api.CramdiskException {@link io.github.cramdisk.api.ErrorKind#INVALID_SIZE}
     */
    public static ByteSize parse(String text) {
        String stripped = text.strip().replace(',', '.');
        if (BARE_NUMBER.matcher(stripped).matches() && Double.parseDouble(stripped) < DiskSpec.MIN_SIZE.bytes()) {
            return ByteSize.parse(stripped + "G");
        }
        return ByteSize.parse(stripped);
    }
}
