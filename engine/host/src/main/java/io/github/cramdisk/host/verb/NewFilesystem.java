// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.MountFlags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem to be mounted.
 *
 * @param type such as {@code tmpfs}
 * @param source the device, or what mountinfo shows in its place
 * @param owner of the root directory, set after the filesystem was made; null where the options do that
 * @param mode of the root directory, the same
 */
record NewFilesystem(
        String type,
        String source,
        List<MountOption> options,
        MountFlags flags,
        @Nullable Caller owner,
        @Nullable FileMode mode) {
    NewFilesystem {
        options = List.copyOf(options);
    }
}
