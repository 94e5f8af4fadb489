// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;

/** What a volume is made of. */
public enum VolumeKind {
    /** A compressed disk of the engine, served over NBD. */
    DISK,
    /** A mounted tmpfs, {@code /dev/shm} among them. */
    TMPFS,
    /** A mounted ramfs: no limit, never swapped, its use cannot be told. */
    RAMFS,
    /** A compressed block device of the kernel, used as filesystem, as swap or not at all. */
    ZRAM,
    /** The compressed cache in front of swap; one for the whole machine. */
    ZSWAP,
    /** Swap that is not in memory: a disk or a file. Listed because what lies in it belongs to the others. */
    SWAP,
    /** A network block device that is attached to this kernel. */
    NBD;

    /** As on the wire and in scripts: {@code tmpfs}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    @JsonCreator
    public static VolumeKind parse(String text) {
        for (VolumeKind kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "\"" + text + "\" is no kind of volume.");
    }
}
