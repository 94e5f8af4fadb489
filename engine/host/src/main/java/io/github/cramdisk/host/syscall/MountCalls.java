// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Attaches, changes and removes mounts; every target is a descriptor, so that no rename or link can redirect a call. */
public final class MountCalls {
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 0x4;
    private static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    private static final int MNT_DETACH = 0x2;
    private static final int UMOUNT_NOFOLLOW = 0x8;

    private MountCalls() {}

    /** struct mount_attr of mount_setattr(2): set, clear, propagation, user namespace, 8 bytes each. */
    private static byte[] mountAttributes(long set, long clear) {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(set)
                .putLong(clear)
                .array();
    }

    /** Puts a detached mount onto the directory that a descriptor stands for; move_mount(2). */
    public static void attach(Descriptor mount, Descriptor directory) throws KernelException {
        byte[] empty = LibC.text("");
        int flags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
        if (LibC.C.syscall(LibC.MOVE_MOUNT, mount.number(), empty, directory.number(), empty, flags) != 0) {
            throw LibC.failure("move_mount");
        }
    }

    /**
     * Sets and clears attributes of a mount; mount_setattr(2), since Linux 5.12.
     *
     * @param set bits of {@link MountAttribute}
     * @param clear bits to take away first; to change an atime bit this must hold {@link MountAttribute#ATIME_MASK}
     */
    public static void changeAttributes(Descriptor mountRoot, int set, int clear) throws KernelException {
        byte[] attributes = mountAttributes(set, clear);
        long result = LibC.C.syscall(
                LibC.MOUNT_SETATTR, mountRoot.number(), LibC.text(""), AT_EMPTY_PATH, attributes, attributes.length);
        if (result != 0) {
            throw LibC.failure("mount_setattr");
        }
    }

    /**
     * mount(2), for kernels without the calls of {@link FilesystemContext}.
     *
     * @param flags of mount(2)
     * @param options keys and values joined by commas; the caller sees to it that no value has a comma
     */
    public static void mountOld(
            @Nullable String type, @Nullable String source, Descriptor target, long flags, @Nullable String options)
            throws KernelException {
        int result = LibC.C.mount(
                source == null ? null : LibC.text(source),
                LibC.text(target.procPath()),
                type == null ? null : LibC.text(type),
                flags,
                options == null ? null : LibC.text(options));
        if (result != 0) {
            throw LibC.failure("mount");
        }
    }

    /**
     * Removes the mount on top of a name in a directory; umount2(2). No link is followed. A descriptor of the mount
     * itself would keep it busy, hence the way by the parent.
     *
     * @param lazily detach it at once, even while somebody uses it
     * @throws KernelException {@link Errno#EBUSY} while somebody uses it; {@link Errno#EINVAL} when it is no mount point
     */
    public static void unmount(Descriptor parent, String name, boolean lazily) throws KernelException {
        int flags = UMOUNT_NOFOLLOW | (lazily ? MNT_DETACH : 0);
        if (LibC.C.umount2(LibC.text(parent.procPath() + "/" + name), flags) != 0) {
            throw LibC.failure("umount");
        }
    }
}
