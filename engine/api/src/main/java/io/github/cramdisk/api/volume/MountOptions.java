// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of mount(8) for a filesystem on a device in memory, taken apart.
 *
 * @param flags those that every mount has
 * @param own those of the filesystem itself, to be checked by {@link FilesystemType#allows}
 * @param noDiscard whether the device is not told what was deleted
 */
public record MountOptions(MountFlags flags, List<String> own, boolean noDiscard) {
    public MountOptions {
        own = List.copyOf(own);
    }

    /** @param list comma-separated, such as {@code noatime,compress=zstd}; may be empty */
    public static MountOptions parse(String list) {
        MountFlags flags = MountFlags.DEFAULT;
        List<String> own = new ArrayList<>();
        boolean keep = false;
        for (String word : list.split(",", -1)) {
            String option = word.strip();
            if (MountFlagsChange.isFlag(option)) {
                flags = flags.with(MountFlagsChange.parse(option));
            } else if (option.equals("nodiscard")) {
                keep = true;
            } else if (!option.equals("discard")) {
                own.add(option);
            }
        }
        return new MountOptions(flags, own, keep);
    }
}
