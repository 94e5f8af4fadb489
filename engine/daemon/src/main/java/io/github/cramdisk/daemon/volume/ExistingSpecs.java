// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.syscall.FilesystemSpace;
import io.github.cramdisk.host.zram.ZramBacking;
import io.github.cramdisk.host.zram.ZramState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a volume that exists to the specification that would make it again. Without state. */
final class ExistingSpecs {
    private static final long KIBI = 1024;

    private ExistingSpecs() {}

    static TmpfsSpec tmpfs(MountEntry mount, Optional<FilesystemSpace> space) {
        return new TmpfsSpec(
                mount.target(),
                true,
                tmpfsSize(mount, space),
                tmpfsInodes(mount, space),
                mount.superOption("mode").map(FileMode::parse).orElse(null),
                mount.superOption("uid").map(Long::valueOf).orElse(null),
                mount.superOption("gid").map(Long::valueOf).orElse(null),
                mount.superOption("huge").map(HugePages::parse).orElse(null),
                mount.superOption("mpol").map(MemoryPolicy::parse).orElse(null),
                mount.hasSuperOption("noswap"),
                mount.hasSuperOption("inode64")
                        ? InodeWidth.INODE64
                        : mount.hasSuperOption("inode32") ? InodeWidth.INODE32 : null,
                null,
                null,
                false,
                flags(mount),
                false);
    }

    /** The kernel leaves the option out when the size is its default, and when there is none. */
    private static @Nullable SizeLimit tmpfsSize(MountEntry mount, Optional<FilesystemSpace> space) {
        if (space.isPresent() && space.get().sizeBytes() == 0) {
            return SizeLimit.unlimited();
        }
        return mount.superOption("size")
                .map(text -> ByteSize.parse(text.toUpperCase(Locale.ROOT)))
                .filter(size -> size.bytes() > 0)
                .map(SizeLimit::of)
                .orElse(null);
    }

    private static @Nullable Long tmpfsInodes(MountEntry mount, Optional<FilesystemSpace> space) {
        if (space.isPresent() && space.get().inodes() == 0) {
            return 0L;
        }
        return mount.superOption("nr_inodes")
                .map(text -> text.endsWith("k")
                        ? Long.parseLong(text.substring(0, text.length() - 1)) * KIBI
                        : Long.parseLong(text))
                .orElse(null);
    }

    static RamfsSpec ramfs(MountEntry mount) {
        return new RamfsSpec(
                mount.target(),
                true,
                mount.superOption("mode").map(FileMode::parse).orElse(null),
                flags(mount),
                false);
    }

    /** In mountinfo what is missing is off: {@code suid} and {@code dev} are not written. */
    static MountFlags flags(MountEntry mount) {
        List<String> words = new ArrayList<>(List.of("suid", "dev", "exec"));
        if (!mount.options().contains("relatime") && !mount.options().contains("noatime")) {
            words.add("strictatime");
        }
        words.addAll(mount.options());
        mount.superOptions().stream()
                .filter(option -> option.equals("ro") || option.equals("lazytime"))
                .forEach(words::add);
        return MountFlags.parse(
                String.join(",", words.stream().filter(MountFlagsChange::isFlag).toList()));
    }

    /** @return empty where the device holds a filesystem that Cramdisk does not make */
    static Optional<ZramSpec> zram(Machine machine, ZramState zram) {
        Optional<MountEntry> mount = VolumeReader.mountOf(machine, zram);
        Optional<SwapArea> swap = machine.swapOn(zram.path());
        DeviceUse use = null;
        if (mount.isPresent()) {
            if (!isKnown(mount.get().type())) {
                return Optional.empty();
            }
            use = filesystem(mount.get());
        } else if (swap.isPresent()) {
            int priority = swap.get().priority();
            use = DeviceSwap.of(priority < 0 ? null : priority);
        }
        long limit = zram.memory().limitBytes();
        return Optional.of(new ZramSpec(
                new ByteSize(zram.sizeBytes()),
                ZramAlgorithm.of(zram.algorithm()),
                zram.recompression().stream().map(ZramAlgorithm::of).toList(),
                limit == 0 ? null : new ByteSize(limit),
                use,
                zram.backing().map(ZramBacking::device).orElse(null),
                null,
                false));
    }

    private static boolean isKnown(String type) {
        for (FilesystemType known : FilesystemType.values()) {
            if (known.text().equals(type)) {
                return true;
            }
        }
        return false;
    }

    private static DeviceFilesystem filesystem(MountEntry mount) {
        FilesystemType type = FilesystemType.parse(mount.type());
        return new DeviceFilesystem(
                type,
                mount.target(),
                true,
                null,
                null,
                null,
                null,
                null,
                flags(mount),
                mount.superOptions().stream().filter(type::allows).toList(),
                !mount.hasSuperOption("discard") && mount.superOption("discard").isEmpty());
    }
}
