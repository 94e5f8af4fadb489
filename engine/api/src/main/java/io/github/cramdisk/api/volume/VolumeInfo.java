// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume of this machine as it is now. All sizes in bytes.
 *
 * @param name of a disk, or the label of a filesystem; null for what has no name
 * @param target where it is mounted: the real path, escapes of mountinfo undone; null where it is not mounted
 * @param device such as {@code /dev/zram0}, of a disk its NBD URI; null for what has none
 * @param sizeBytes what it offers; null for unlimited
 * @param usedBytes what the user has in it, as far as that can be told
 * @param atLeast whether there may be more in it than {@code usedBytes} and {@code residentBytes}: a ramfs, or a tmpfs
 *     without limit, in which the user of the engine may not see all files; an NBD device, which tells nothing
 * @param residentBytes what it costs in RAM now; what is known to lie in swap is not in it
 * @param swappedBytes the part that lies in swap; null where it cannot be told
 * @param managed whether this engine made or adopted it
 * @param owner name of the user its root directory belongs to, or the number where there is no name
 * @param options of its mount or device, each as the kernel writes it
 * @param users who keeps it busy; empty where it was not asked for
 */
public record VolumeInfo(
        VolumeKind kind,
        @Nullable String name,
        @Nullable String target,
        @Nullable String device,
        @Nullable Long sizeBytes,
        long usedBytes,
        boolean atLeast,
        long residentBytes,
        @Nullable Long swappedBytes,
        boolean managed,
        @Nullable String owner,
        List<String> options,
        List<VolumeUser> users) {
    public VolumeInfo {
        options = options == null ? List.of() : List.copyOf(options);
        users = users == null ? List.of() : List.copyOf(users);
    }

    /** What people call it: a disk by its name, others by where they are mounted, else by their device or name. */
    public String title() {
        if (kind == VolumeKind.DISK && name != null) {
            return name;
        }
        if (target != null) {
            return target;
        }
        return device != null ? device : name != null ? name : kind.text();
    }
}
