// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.regex.Pattern;

/**
 * Permissions of a directory, written in octal as for chmod(1).
 *
 * @param bits 0 to 07777
 */
public record FileMode(int bits) {
    /** All permission bits, set-id and sticky bits among them. */
    public static final int MASK = 0xFFF;

    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,5}");
    private static final int RADIX = 8;

    /** @throws CramdiskException {@link ErrorKind#INVALID_MODE} */
    public FileMode {
        if ((bits & ~MASK) != 0) {
            throw new CramdiskException(ErrorKind.INVALID_MODE, Integer.toString(bits, RADIX));
        }
    }

    /**
     * Reads {@code 1777}, {@code 0700} and the like.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_MODE}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FileMode parse(String text) {
        if (!OCTAL.matcher(text).matches()) {
            throw new CramdiskException(ErrorKind.INVALID_MODE, text);
        }
        return new FileMode(Integer.parseInt(text, RADIX));
    }

    /** Octal, as the kernel reads and writes it: {@code 1777}. */
    @Override
    @JsonValue
    public String toString() {
        return Integer.toString(bits, RADIX);
    }
}
