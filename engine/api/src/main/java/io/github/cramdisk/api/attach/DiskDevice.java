// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.attach;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network block device by its number; never a path from outside.
 *
 * @param number 0 or more: 3 for {@code /dev/nbd3}
 */
public record DiskDevice(int number) {
    private static final Pattern TEXT = Pattern.compile("/dev/nbd(0|[1-9][0-9]{0,5})");

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    public DiskDevice {
        if (number < 0) {
            throw refused(String.valueOf(number));
        }
    }

    /**
     * Reads {@code /dev/nbd3}.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DiskDevice parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw refused(text);
        }
        return new DiskDevice(Integer.parseInt(matcher.group(1)));
    }

    private static CramdiskException refused(String text) {
        return new CramdiskException(
                ErrorKind.INVALID_ARGUMENT, "\"" + text + "\" is no network block device. Write /dev/nbd0.");
    }

    /** {@code nbd3}, as in {@code /sys/block}. */
    public String name() {
        return "nbd" + number;
    }

    /** {@code /dev/nbd3}. */
    @Override
    @JsonValue
    public String toString() {
        return "/dev/" + name();
    }
}
