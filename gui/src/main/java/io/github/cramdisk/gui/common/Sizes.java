// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sizes, rates and ratios as the window writes and reads them. */
public final class Sizes {
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final double LARGEST_PLAIN_RATIO = 100;

    private Sizes() {}

    /** {@code 1.5 GiB}. */
    public static String format(long bytes) {
        return new ByteSize(Math.max(0, bytes)).format();
    }

    /** {@code 4 KiB}: without the decimal where it is zero. */
    public static String formatShort(long bytes) {
        return format(bytes).replace(".0 ", " ");
    }

    /** {@code 96.0 MiB/s}. */
    public static String formatRate(double bytesPerSecond) {
        return format(Math.round(bytesPerSecond)) + "/s";
    }

    /** {@code 2.42×} with two decimals, fewer where the number is large. */
    public static String formatRatio(double ratio, int decimals) {
        return String.format(Locale.ROOT, "%." + (ratio >= LARGEST_PLAIN_RATIO ? 0 : decimals) + "f×", ratio);
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
