// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major and minor number of a device; a filesystem without one, such as a tmpfs, has an anonymous one of its own. */
public record DeviceNumber(int major, int minor) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}):([0-9]{1,9})");

    /**
     * Reads {@code 253:0}, as in mountinfo and in {@code /sys/block/NAME/dev}.
     *
     * @throws IllegalArgumentException when it is no such pair
     */
    public static DeviceNumber parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no device number: " + text);
        }
        return new DeviceNumber(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
