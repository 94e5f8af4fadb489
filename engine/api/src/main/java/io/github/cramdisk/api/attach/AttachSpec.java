// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.attach;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a disk is to be attached. What the disk holds is kept: a filesystem or swap header of the wanted type is used as it
 * is, and only on a disk that holds nothing is one made.
 *
 * @param use filesystem that is mounted, or swap; null: the bare device
 * @param format make the filesystem or the header of swap anew, whatever is on the disk; that is lost
 * @param anyType a filesystem of another type than {@code use} names is mounted as it is; only one that is made has that
 *     type
 */
public record AttachSpec(@Nullable DeviceUse use, boolean format, boolean anyType) {

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    public AttachSpec {
        if (use instanceof DeviceFilesystem filesystem) {
            checkFlags(filesystem);
        }
    }

    /**
     * A disk is served by a process of its user, who can put any bytes on it: what it says about set-id bits and device
     * files never counts.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT}
     */
    public static void checkFlags(DeviceFilesystem filesystem) {
        if (filesystem.flags().suid() || filesystem.flags().dev()) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "A disk is always mounted with nosuid and nodev. Leave suid and dev out of the options.");
        }
    }

    /** The bare device. */
    public static final AttachSpec BARE = new AttachSpec(null, false, false);

    /** With a filesystem or swap, what is on the disk kept. */
    public static AttachSpec with(DeviceUse use) {
        return new AttachSpec(use, false, false);
    }

    /** What the user may not expect; mostly nothing. */
    public List<Warning> warnings() {
        return use instanceof DeviceSwap ? List.of(Warning.of(WarningKind.DISK_AS_SWAP)) : List.of();
    }
}
