// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * Quota of a tmpfs (Linux 6.6, CONFIG_TMPFS_QUOTA): fixed when it is mounted.
 *
 * @param users {@code usrquota}
 * @param groups {@code grpquota}
 * @param userBlocks hard limit of bytes for each user, 1 or more; needs {@code users}, as the next
 * @param userInodes hard limit of files for each user, 1 or more
 * @param groupBlocks hard limit of bytes for each group, 1 or more; needs {@code groups}, as the next
 * @param groupInodes hard limit of files for each group, 1 or more
 */
public record TmpfsQuota(
        boolean users,
        boolean groups,
        @Nullable ByteSize userBlocks,
        @Nullable Long userInodes,
        @Nullable ByteSize groupBlocks,
        @Nullable Long groupInodes) {
    /** @throws CramdiskException {@link ErrorKind#INVALID_TMPFS_OPTION} */
    public TmpfsQuota {
        if (!users && !groups) {
            throw refused("quota", "Ask for quota of users, of groups, or both.");
        }
        if (!users && (userBlocks != null || userInodes != null)) {
            throw refused("usrquota", "A limit for users needs quota of users (usrquota).");
        }
        if (!groups && (groupBlocks != null || groupInodes != null)) {
            throw refused("grpquota", "A limit for groups needs quota of groups (grpquota).");
        }
        checkPositive("usrquota_block_hardlimit", userBlocks == null ? null : userBlocks.bytes());
        checkPositive("usrquota_inode_hardlimit", userInodes);
        checkPositive("grpquota_block_hardlimit", groupBlocks == null ? null : groupBlocks.bytes());
        checkPositive("grpquota_inode_hardlimit", groupInodes);
    }

    private static void checkPositive(String option, @Nullable Long value) {
        if (value != null && value < 1) {
            throw refused(option + "=" + value, "The limit must be 1 or more.");
        }
    }

    private static CramdiskException refused(String option, String advice) {
        return new CramdiskException(ErrorKind.INVALID_TMPFS_OPTION, option, advice);
    }
}
