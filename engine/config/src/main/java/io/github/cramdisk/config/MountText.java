// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.Atime;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mount options as mount(8) takes them, one word each; none contains a comma, white space, a quote or a backslash.
 * Without state.
 */
final class MountText {
    private static final int PERCENT = 100;

    private MountText() {}

    /** What differs from the kernel's defaults; {@code nosuid} and {@code nodev} among it. */
    static List<String> flags(MountFlags flags) {
        List<String> words = new ArrayList<>();
        add(words, "ro", flags.readOnly());
        add(words, "nosuid", !flags.suid());
        add(words, "nodev", !flags.dev());
        add(words, "noexec", flags.noexec());
        add(words, flags.atime().text(), flags.atime() != Atime.RELATIME);
        add(words, "nodiratime", flags.nodiratime());
        add(words, "nosymfollow", flags.nosymfollow());
        add(words, "lazytime", flags.lazytime());
        return words;
    }

    /** Flags and options of tmpfs(5); empty, with a note, where they cannot be written. */
    static Optional<List<String>> tmpfs(ConfigVolume.Tmpfs volume, Notes notes) {
        TmpfsSpec spec = volume.spec();
        List<String> words = flags(spec.flags());
        if (spec.size() != null) {
            words.add("size=" + size(volume, spec.size(), notes));
        }
        add(words, "nr_inodes", spec.inodes());
        add(words, "mode", spec.mode());
        add(words, "uid", spec.uid());
        add(words, "gid", spec.gid());
        add(words, "huge", spec.huge() == null ? null : spec.huge().text());
        if (spec.memoryPolicy() != null) {
            String policy = spec.memoryPolicy().toString();
            if (policy.indexOf(',') >= 0) {
                notes.leftOut(
                        volume,
                        "The memory policy " + policy + " has a comma, which separates mount options. Use one range of"
                                + " nodes, or let Cramdisk itself mount it.",
                        null);
                return Optional.empty();
            }
            words.add("mpol=" + policy);
        }
        add(words, "noswap", spec.noswap());
        add(words, spec.inodeWidth() == null ? "" : spec.inodeWidth().text(), spec.inodeWidth() != null);
        if (spec.quota() != null) {
            quota(words, spec.quota());
        }
        if (spec.casefold() != null) {
            words.add(spec.casefold().isEmpty() ? "casefold" : "casefold=" + spec.casefold());
        }
        add(words, "strict_encoding", spec.strictEncoding());
        return Optional.of(words);
    }

    private static void quota(List<String> words, TmpfsQuota quota) {
        add(words, "usrquota", quota.users());
        add(words, "grpquota", quota.groups());
        add(
                words,
                "usrquota_block_hardlimit",
                quota.userBlocks() == null ? null : quota.userBlocks().formatExact());
        add(words, "usrquota_inode_hardlimit", quota.userInodes());
        add(
                words,
                "grpquota_block_hardlimit",
                quota.groupBlocks() == null ? null : quota.groupBlocks().formatExact());
        add(words, "grpquota_inode_hardlimit", quota.groupInodes());
    }

    /** As the kernel reads it: whole numbers with a unit, whole percents, 0 for no limit. */
    static String size(ConfigVolume volume, SizeLimit size, Notes notes) {
        if (size instanceof SizeLimit.Bytes bytes) {
            return bytes.size().formatExact();
        }
        if (size instanceof SizeLimit.Share share) {
            long parts = (long) share.numerator() * PERCENT;
            long percent = Math.max(1, parts / share.denominator());
            if (percent * share.denominator() != parts) {
                notes.changed(
                        volume,
                        "The kernel takes whole percents: " + share + " of the memory is written as " + percent + "%.",
                        null);
            }
            return percent + "%";
        }
        return Long.toString(SizeLimit.KERNEL_UNLIMITED);
    }

    /** Flags, options of the filesystem, and discard. */
    static List<String> zram(DeviceFilesystem filesystem) {
        List<String> words = flags(filesystem.flags());
        words.addAll(filesystem.options());
        if (filesystem.type() == FilesystemType.BTRFS) {
            words.add(filesystem.noDiscard() ? "nodiscard" : "discard=sync");
        } else {
            add(words, "discard", !filesystem.noDiscard());
        }
        return words;
    }

    /** Options of swapon(8) for fstab and units. */
    static List<String> swap(DeviceSwap swap) {
        List<String> words = new ArrayList<>();
        add(words, "pri", swap.priority());
        switch (swap.discard()) {
            case ONCE, PAGES -> words.add("discard=" + swap.discard().text());
            case BOTH -> words.add("discard");
            case NONE -> {
                // The default of swapon.
            }
        }
        return words;
    }

    /** Joined with commas; {@code defaults} where there are none. */
    static String joined(List<String> words) {
        return words.isEmpty() ? "defaults" : String.join(",", words);
    }

    private static void add(List<String> words, String word, boolean wanted) {
        if (wanted) {
            words.add(word);
        }
    }

    private static void add(List<String> words, String key, @Nullable Object value) {
        if (value != null) {
            words.add(key + "=" + value);
        }
    }
}
