// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem made on a device in memory, a zram device or a disk, and mounted.
 *
 * @param target mount point; see {@link MountTarget}
 * @param createTarget make the directory if it is missing
 * @param uuid null: a random one
 * @param uid owner of its root directory; null: who asks
 * @param gid group of its root directory; null: who asks
 * @param mode of its root directory; null: as mkfs makes it (755)
 * @param options further mount options that {@link FilesystemType#allows}
 * @param noDiscard do not tell the device what was deleted; then deleted files keep their memory until fstrim(8)
 */
public record DeviceFilesystem(
        FilesystemType type,
        String target,
        boolean createTarget,
        @Nullable String label,
        @Nullable UUID uuid,
        @Nullable Long uid,
        @Nullable Long gid,
        @Nullable FileMode mode,
        MountFlags flags,
        List<String> options,
        boolean noDiscard)
        implements DeviceUse {
    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_TARGET}, {@link ErrorKind#INVALID_DEVICE_OPTION},
     *     {@link ErrorKind#INVALID_MOUNT_OPTION} or {@link ErrorKind#INVALID_ARGUMENT}
     */
    public DeviceFilesystem {
        type = type == null ? FilesystemType.EXT4 : type;
        flags = flags == null ? MountFlags.DEFAULT : flags;
        options = options == null ? List.of() : List.copyOf(options);
        if (target == null) {
            throw new CramdiskException(ErrorKind.INVALID_TARGET, "", "it is missing");
        }
        MountTarget.check(target);
        Labels.check(label, type.labelBytes());
        UserIds.check("user", uid);
        UserIds.check("group", gid);
        for (String option : options) {
            if (!type.allows(option)) {
                throw new CramdiskException(ErrorKind.INVALID_MOUNT_OPTION, option);
            }
        }
    }

    /**
     * This for a device that holds a filesystem already: of that type, and without what only a new one is given.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_MOUNT_OPTION}
     */
    public DeviceFilesystem ofExisting(FilesystemType found) {
        return new DeviceFilesystem(found, target, createTarget, null, null, uid, gid, mode, flags, options, noDiscard);
    }

    /** The same with an owner and a group of its root directory; null: who asks. */
    public DeviceFilesystem ownedBy(@Nullable Long newUid, @Nullable Long newGid) {
        return new DeviceFilesystem(
                type, target, createTarget, label, uuid, newUid, newGid, mode, flags, options, noDiscard);
    }

    /** All defaults, deleted files given back. */
    public static DeviceFilesystem of(FilesystemType type, String target) {
        return new DeviceFilesystem(
                type, target, false, null, null, null, null, null, MountFlags.DEFAULT, List.of(), false);
    }
}
