// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import org.jspecify.annotations.Nullable;

/**
 * What a mounted tmpfs allows and holds, as far as a remount depends on it.
 *
 * @param sizeBytes null for unlimited
 * @param inodes null for unlimited
 */
public record TmpfsState(
        @Nullable Long sizeBytes,
        long usedBytes,
        @Nullable Long inodes,
        long usedInodes,
        boolean noswap,
        boolean quota) {}
