// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.gate;

/**
 * What polkit is asked about. The defaults and the questions are in {@code io.github.cramdisk.helper.policy}, whose
 * identifiers these are.
 */
public enum Action {
    /** A mount on a directory of the caller, with nosuid and nodev, or a change of what the helper mounted for them. */
    MOUNT("mount"),
    /** Any other mount. */
    MOUNT_SYSTEM("mount-system"),
    /** A zram device, made, changed or removed. */
    ZRAM("zram"),
    /** A disk of the engine as a device of the kernel. */
    DISK_ATTACH("disk-attach"),
    /** A new filesystem, on a device that the helper made. */
    FORMAT("format"),
    /** Swap, on or off. */
    SWAP("swap"),
    /** Configuration files of the system. */
    CONFIGURE("configure");

    private static final String PREFIX = "io.github.cramdisk.helper.";

    private final String id;

    Action(String suffix) {
        this.id = PREFIX + suffix;
    }

    /** The identifier that polkit knows it by. */
    public String id() {
        return id;
    }
}
