// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;

/** How wide the inode numbers of a tmpfs are; 32 bits for old programs that know no others. */
public enum InodeWidth {
    INODE32,
    INODE64;

    /** As the kernel reads and writes it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_TMPFS_OPTION} */
    @JsonCreator
    public static InodeWidth parse(String text) {
        for (InodeWidth value : values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        throw new CramdiskException(ErrorKind.INVALID_TMPFS_OPTION, text, "Use inode32 or inode64.");
    }
}
