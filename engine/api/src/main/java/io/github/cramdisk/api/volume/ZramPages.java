// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;

/** Which pages of a zram device an upkeep concerns; the kernel's {@code type=} of {@code recompress}. */
public enum ZramPages {
    /** Not used since they were last marked as idle. */
    IDLE,
    /** Stored as they are, because the algorithm could not make them smaller. */
    HUGE,
    /** Both at once. */
    HUGE_IDLE;

    /** As on the wire, on the command line and in the kernel's files. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} */
    @JsonCreator
    public static ZramPages parse(String text) {
        for (ZramPages value : values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        throw new CramdiskException(ErrorKind.INVALID_ZRAM_OPTION, "pages " + text, "Use idle, huge or huge_idle.");
    }
}
