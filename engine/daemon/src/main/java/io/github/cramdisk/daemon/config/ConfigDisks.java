// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.config;

import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.daemon.disk.Disks;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The disks of the engine as they are to be configured: their definitions, and what the kernel uses them for now. */
public record ConfigDisks(Disks disks) implements Supplier<List<ConfigVolume.Disk>> {
    private static final String DISCARD = "discard";

    @Override
    public List<ConfigVolume.Disk> get() {
        List<ConfigVolume.Disk> all = new ArrayList<>();
        for (DiskSpec spec : disks.definitions()) {
            all.add(new ConfigVolume.Disk(spec, use(disks.show(spec.name()).attachment())));
        }
        return all;
    }

    /** Null for a disk that is not attached, or that only the bare device of is. */
    static @Nullable DeviceUse use(@Nullable Attachment attachment) {
        if (attachment == null) {
            return null;
        }
        if (attachment.swap()) {
            return new DeviceSwap(null, DeviceSwap.Discard.NONE, attachment.label(), null);
        }
        String target = attachment.target();
        boolean known =
                Stream.of(FilesystemType.values()).anyMatch(type -> type.text().equals(attachment.filesystem()));
        return target == null || !known ? null : filesystem(attachment, target);
    }

    /** Without its UUID: two disks with the same one cannot be mounted side by side. */
    private static DeviceFilesystem filesystem(Attachment attachment, String target) {
        FilesystemType type = FilesystemType.parse(String.valueOf(attachment.filesystem()));
        FileStatus root = rootOf(target);
        return new DeviceFilesystem(
                type,
                target,
                true,
                attachment.label(),
                null,
                root == null ? null : Long.valueOf(root.uid()),
                root == null ? null : Long.valueOf(root.gid()),
                root == null ? null : FileMode.parse(Integer.toOctalString(root.permissions())),
                flags(attachment.options()),
                attachment.options().stream()
                        .filter(option ->
                                !MountFlagsChange.isFlag(option) && !option.startsWith(DISCARD) && type.allows(option))
                        .toList(),
                attachment.options().stream().noneMatch(option -> option.startsWith(DISCARD)));
    }

    /** What is not among the options is off; nosuid and nodev are always among them. */
    private static MountFlags flags(List<String> options) {
        List<String> words = new ArrayList<>(List.of("exec"));
        if (!options.contains("relatime") && !options.contains("noatime")) {
            words.add("strictatime");
        }
        options.stream().filter(MountFlagsChange::isFlag).forEach(words::add);
        return MountFlags.parse(String.join(",", words));
    }

    /** Null where this user may not look. */
    private static @Nullable FileStatus rootOf(String target) {
        try {
            return FileCalls.statusOf(target);
        } catch (KernelException e) {
            return null;
        }
    }
}
