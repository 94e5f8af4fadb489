// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A zram device by its number; never a path from outside.
 *
 * @param number 0 or more: 3 for {@code /dev/zram3}
 */
public record ZramDevice(int number) {
    private static final Pattern TEXT = Pattern.compile("(?:/dev/)?zram([0-9]{1,9})|([0-9]{1,9})");

    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} */
    public ZramDevice {
        if (number < 0) {
            throw refused(String.valueOf(number));
        }
    }

    /**
     * Reads {@code /dev/zram3}, {@code zram3} or {@code 3}.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ZramDevice parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw refused(text);
        }
        return new ZramDevice(Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)));
    }

    private static CramdiskException refused(String text) {
        return new CramdiskException(ErrorKind.INVALID_ZRAM_OPTION, "device " + text, "Write /dev/zram0, zram0 or 0.");
    }

    /** {@code zram3}, as in {@code /sys/block}. */
    public String name() {
        return "zram" + number;
    }

    /** {@code /dev/zram3}. */
    @Override
    @JsonValue
    public String toString() {
        return "/dev/" + name();
    }
}
