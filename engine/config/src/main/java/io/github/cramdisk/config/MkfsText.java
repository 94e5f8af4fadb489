// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of mkfs(8) and mkswap(8) for a device in memory, without the program and the device. Without state. */
public final class MkfsText {
    private MkfsText() {}

    /** The program is {@code mkfs.TYPE}. Owner and mode of the root directory are for whoever mounts it. */
    public static List<String> filesystem(DeviceFilesystem wanted) {
        return filesystem(wanted, "");
    }

    /** The same, and the owner of the root directory, which mkfs can set for ext4 alone. */
    static List<String> filesystemWithOwner(DeviceFilesystem wanted) {
        boolean owned = wanted.uid() != null || wanted.gid() != null;
        return filesystem(wanted, owned ? ",root_owner=" + id(wanted.uid()) + ":" + id(wanted.gid()) : "");
    }

    private static long id(@Nullable Long id) {
        return id == null ? 0 : id;
    }

    private static List<String> filesystem(DeviceFilesystem wanted, String owner) {
        List<String> words = new ArrayList<>();
        switch (wanted.type()) {
            case EXT4 -> {
                // No discard of a device that is empty; no blocks for root alone. Of several -E the last would win.
                words.addAll(List.of("-q", "-F", "-E", "nodiscard" + owner, "-m", "0"));
                if (!needsJournal(wanted)) {
                    // It would protect from a power cut, which memory does not survive, at the price of memory.
                    words.addAll(List.of("-O", "^has_journal"));
                }
                add(words, "-L", wanted.label());
                add(words, "-U", wanted.uuid());
            }
            case XFS -> {
                words.addAll(List.of("-q", "-f", "-K"));
                add(words, "-L", wanted.label());
                add(words, "-m", wanted.uuid() == null ? null : "uuid=" + wanted.uuid());
            }
            case BTRFS -> {
                // One copy of the metadata: a second one in the same memory protects from nothing.
                words.addAll(List.of("-q", "-f", "-K", "-m", "single"));
                add(words, "-L", wanted.label());
                add(words, "-U", wanted.uuid());
            }
        }
        return words;
    }

    /** The program is {@code mkswap}. */
    public static List<String> swap(DeviceSwap wanted) {
        List<String> words = new ArrayList<>();
        add(words, "-L", wanted.label());
        add(words, "-U", wanted.uuid());
        return words;
    }

    /** Without one the kernel refuses to mount with these options. */
    private static boolean needsJournal(DeviceFilesystem wanted) {
        return wanted.options().stream().anyMatch(option -> option.startsWith("data=") || option.startsWith("commit="));
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.add(option);
            words.add(value.toString());
        }
    }
}
