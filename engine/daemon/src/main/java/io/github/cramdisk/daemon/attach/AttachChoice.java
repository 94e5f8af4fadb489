// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.host.nbd.Superblock;
import java.util.Optional;

/** What there is to do for an attach, by what is asked for and what is on the disk. */
final class AttachChoice {
    private AttachChoice() {}

    /** The wish, for the filesystem that is on the disk where any will do. */
    static AttachSpec fitting(AttachSpec spec, Optional<Superblock> found) {
        boolean asItIs = spec.anyType() && !spec.format() && found.isPresent();
        return asItIs
                        && spec.use() instanceof DeviceFilesystem filesystem
                        && !found.get().type().equals(Superblock.SWAP)
                ? AttachSpec.with(
                        filesystem.ofExisting(FilesystemType.parse(found.get().type())))
                : spec;
    }

    /**
     * Whether what is asked for is so already.
     *
     * @param info of a disk that is attached
     * @throws CramdiskException {@link ErrorKind#DISK_ATTACHED} where it is in use in another way
     */
    static boolean isDone(DiskInfo info, AttachSpec spec) {
        Attachment now = info.attachment();
        DeviceUse use = spec.use();
        if (now == null || (now.target() == null && !now.swap())) {
            return use == null;
        }
        boolean same = use == null
                || (use instanceof DeviceFilesystem filesystem
                        ? filesystem.target().equals(now.target())
                        : now.swap());
        if (!same || spec.format()) {
            throw new CramdiskException(ErrorKind.DISK_ATTACHED, info.name(), now.device(), now.useText());
        }
        return true;
    }

    /**
     * Whether a filesystem or swap must be made.
     *
     * @throws CramdiskException {@link ErrorKind#DISK_HOLDS_DATA} where something else is on the disk, {@link
     *     ErrorKind#INVALID_DEVICE_OPTION} where it is too small
     */
    static boolean mustFormat(DiskInfo info, AttachSpec spec, Optional<Superblock> found) {
        if (spec.use() == null) {
            return false;
        }
        String wanted = Superblock.SWAP;
        if (spec.use() instanceof DeviceFilesystem filesystem) {
            wanted = filesystem.type().text();
            if (info.sizeBytes() < filesystem.type().smallest().bytes()) {
                throw new CramdiskException(
                        ErrorKind.INVALID_DEVICE_OPTION,
                        wanted,
                        "It needs " + filesystem.type().smallest().format() + " or more.");
            }
        }
        if (spec.format()) {
            return true;
        }
        if (found.isPresent()) {
            if (!found.get().type().equals(wanted)) {
                throw new CramdiskException(
                        ErrorKind.DISK_HOLDS_DATA, info.name(), found.get().type());
            }
            return false;
        }
        if (info.logicalBytes() > 0) {
            throw new CramdiskException(
                    ErrorKind.DISK_HOLDS_DATA, info.name(), "data that is no filesystem known here");
        }
        return true;
    }
}
