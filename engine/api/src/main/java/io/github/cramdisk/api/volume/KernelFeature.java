// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a kernel may or may not be able to do; the release that brought it, where it is not always there. */
public enum KernelFeature {
    TMPFS,
    RAMFS,
    ZRAM,
    NBD,
    /** fsopen(2) and friends, Linux 5.2. */
    NEW_MOUNT_API,
    /** mount_setattr(2), Linux 5.12. */
    MOUNT_SETATTR,
    /** {@code nosymfollow}, Linux 5.10. */
    NOSYMFOLLOW,
    /** {@code huge=}, CONFIG_TRANSPARENT_HUGEPAGE. */
    TMPFS_HUGE,
    /** {@code mpol=}, CONFIG_NUMA. */
    TMPFS_MPOL,
    /** {@code noswap}, Linux 6.4. */
    TMPFS_NOSWAP,
    /** {@code inode64}, Linux 5.9, 64-bit machines. */
    TMPFS_INODE64,
    /** {@code quota}, CONFIG_TMPFS_QUOTA, Linux 6.6. */
    TMPFS_QUOTA,
    /** {@code casefold}, CONFIG_UNICODE, Linux 6.13. */
    TMPFS_CASEFOLD,
    /** CONFIG_ZRAM_MULTI_COMP. */
    ZRAM_RECOMPRESSION,
    /** CONFIG_ZRAM_WRITEBACK. */
    ZRAM_WRITEBACK,
    /** {@code algorithm_params}, Linux 6.12. */
    ZRAM_ALGORITHM_PARAMETERS,
    /** What a newer engine knows and this program does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
