// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code 30m}, {@code 6h} or {@code 1d} as a number of minutes. */
final class Minutes implements ITypeConverter<Integer> {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})([mhd])");
    private static final int MINUTES_PER_HOUR = 60;
    private static final int MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

    @Override
    public Integer convert(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "\"" + text + "\" is not a time. Write minutes, hours or days, such as 30m, 6h or 1d.");
        }
        return Integer.parseInt(matcher.group(1)) * unit(matcher.group(2));
    }

    private static int unit(String letter) {
        return switch (letter) {
            case "h" -> MINUTES_PER_HOUR;
            case "d" -> MINUTES_PER_DAY;
            default -> 1;
        };
    }

    static String text(int minutes) {
        if (minutes % MINUTES_PER_DAY == 0) {
            return minutes / MINUTES_PER_DAY + "d";
        }
        return minutes % MINUTES_PER_HOUR == 0 ? minutes / MINUTES_PER_HOUR + "h" : minutes + "m";
    }
}
