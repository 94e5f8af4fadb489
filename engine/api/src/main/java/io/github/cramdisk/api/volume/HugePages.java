// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;

/** When a tmpfs takes huge pages; {@code deny} and {@code force} exist in sysfs only, for all mounts. See tmpfs(5). */
public enum HugePages {
    NEVER,
    ALWAYS,
    /** Where the page would lie wholly within the file. */
    WITHIN_SIZE,
    /** Where a program asked for them by madvise(2). */
    ADVISE;

    /** As the kernel reads and writes it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_TMPFS_OPTION} */
    @JsonCreator
    public static HugePages parse(String text) {
        for (HugePages value : values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        throw new CramdiskException(
                ErrorKind.INVALID_TMPFS_OPTION,
                "huge=" + text,
                "Use never, always, within_size or advise; deny and force are set for all mounts at once,"
                        + " in /sys/kernel/mm/transparent_hugepage/shmem_enabled.");
    }
}
