// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

/** What holds for one mount rather than for its filesystem; the bits of fsmount(2) and mount_setattr(2). */
public final class MountAttribute {
    public static final int RDONLY = 0x1;
    public static final int NOSUID = 0x2;
    public static final int NODEV = 0x4;
    public static final int NOEXEC = 0x8;
    /** The bits that hold one of relatime (0), noatime or strictatime. */
    public static final int ATIME_MASK = 0x70;

    public static final int NOATIME = 0x10;
    public static final int STRICTATIME = 0x20;
    public static final int NODIRATIME = 0x80;
    /** Since Linux 5.14. */
    public static final int NOSYMFOLLOW = 0x200000;

    private MountAttribute() {}
}
