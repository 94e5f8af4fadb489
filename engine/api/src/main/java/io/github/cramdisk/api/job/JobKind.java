// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.job;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a job does. */
public enum JobKind {
    /** A disk becomes a device of the kernel, with a filesystem or swap. */
    ATTACH,
    /** A disk is unmounted and taken from the kernel. */
    DETACH,
    /** A disk, its device and its filesystem get another size. */
    RESIZE,
    /** Unused memory of a disk is given back. */
    TRIM,
    /** Unused blocks of a disk are compressed again. */
    SQUEEZE,
    /** Files of a directory are taken through kinds of storage. */
    COMPARE,
    /** What a newer engine does and this program does not know. */
    @JsonEnumDefaultValue
    UNKNOWN;

    /** As on the wire and in scripts: {@code attach}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
