// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a file is, by statx(2).
 *
 * @param mode type and permissions, as in st_mode
 * @param device major and minor number of the filesystem the file is on
 * @param represents major and minor number of the device the file stands for; 0:0 where it is no device node
 * @param mountId the id of its mount, as in the first field of mountinfo; 0 on kernels before 5.8
 * @param allocatedBytes memory or disk space its content takes
 * @param mountRoot whether it is the root of a mount; false where the kernel (before 5.8) does not say
 */
public record FileStatus(
        int mode,
        int uid,
        int gid,
        DeviceNumber device,
        DeviceNumber represents,
        long inode,
        long mountId,
        long allocatedBytes,
        boolean mountRoot) {
    private static final int TYPE_MASK = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR_FILE = 0100000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int PERMISSIONS = 07777;

    /**
     * struct statx, the fields that matter here, with their offsets in bytes:
     *
     * <pre>
     *  0 mask   4 blksize   8 attributes  16 nlink  20 uid  24 gid  28 mode (16 bits)  32 ino  40 size  48 blocks
     * 56 attributes_mask  64.. times  128 rdev_major 132 rdev_minor 136 dev_major 140 dev_minor 144 mnt_id
     * </pre>
     */
    static final class Layout {
        static final int BYTES = 256;
        static final int MASK = 0;
        static final int ATTRIBUTES = 8;
        static final int UID = 20;
        static final int GID = 24;
        static final int MODE = 28;
        static final int INODE = 32;
        static final int BLOCKS = 48;
        static final int RDEV_MAJOR = 128;
        static final int RDEV_MINOR = 132;
        static final int DEV_MAJOR = 136;
        static final int DEV_MINOR = 140;
        static final int MOUNT_ID = 144;
        static final int BLOCK_BYTES = 512;
        static final long ATTRIBUTE_MOUNT_ROOT = 0x2000;

        private Layout() {}
    }

    static FileStatus of(byte[] struct) {
        ByteBuffer fields = ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
        return new FileStatus(
                Short.toUnsignedInt(fields.getShort(Layout.MODE)),
                fields.getInt(Layout.UID),
                fields.getInt(Layout.GID),
                new DeviceNumber(fields.getInt(Layout.DEV_MAJOR), fields.getInt(Layout.DEV_MINOR)),
                new DeviceNumber(fields.getInt(Layout.RDEV_MAJOR), fields.getInt(Layout.RDEV_MINOR)),
                fields.getLong(Layout.INODE),
                fields.getLong(Layout.MOUNT_ID),
                fields.getLong(Layout.BLOCKS) * Layout.BLOCK_BYTES,
                (fields.getLong(Layout.ATTRIBUTES) & Layout.ATTRIBUTE_MOUNT_ROOT) != 0);
    }

    public boolean isDirectory() {
        return (mode & TYPE_MASK) == DIRECTORY;
    }

    public boolean isRegularFile() {
        return (mode & TYPE_MASK) == REGULAR_FILE;
    }

    public boolean isBlockDevice() {
        return (mode & TYPE_MASK) == BLOCK_DEVICE;
    }

    /** Permissions with set-user-id, set-group-id and sticky bit. */
    public int permissions() {
        return mode & PERMISSIONS;
    }
}
