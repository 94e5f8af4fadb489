// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;

/** When reading a file updates its access time; see mount(8). */
public enum Atime {
    /** The kernel's default. */
    RELATIME,
    NOATIME,
    STRICTATIME;

    /** As mount(8) writes it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_MOUNT_OPTION} */
    @JsonCreator
    public static Atime parse(String text) {
        for (Atime value : values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        throw new CramdiskException(ErrorKind.INVALID_MOUNT_OPTION, text);
    }
}
