// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.host.mount.TreeUse;
import io.github.cramdisk.host.syscall.FilesystemSpace;
import org.jspecify.annotations.Nullable;

/**
 * What a tmpfs or ramfs offers and holds, in bytes.
 *
 * @param sizeBytes null for unlimited
 * @param atLeast whether there may be more in it than {@code usedBytes}
 * @param swappedBytes null where it cannot be told
 */
record MountUse(
        @Nullable Long sizeBytes,
        long usedBytes,
        boolean atLeast,
        long residentBytes,
        @Nullable Long swappedBytes) {

    /** Of a filesystem that counts by itself. */
    static MountUse told(FilesystemSpace space, @Nullable Long swappedBytes) {
        return of(space.sizeBytes(), space.usedBytes(), false, swappedBytes);
    }

    /** Of one whose files were counted. */
    static MountUse counted(TreeUse use, @Nullable Long swappedBytes) {
        return of(null, use.bytes(), !use.complete(), swappedBytes);
    }

    private static MountUse of(@Nullable Long size, long used, boolean atLeast, @Nullable Long swapped) {
        long resident = Math.max(0, used - (swapped == null ? 0 : swapped));
        return new MountUse(size, used, atLeast, resident, swapped);
    }
}
