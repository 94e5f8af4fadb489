// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.kernel;

import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.zram.ZramDevices;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the running kernel supports: by asking it where this process is root, else from its configuration, else
 * from its release. Nothing is mounted, added or loaded.
 */
public final class KernelProbe {
    private static final List<String> PROGRAM_DIRECTORIES =
            List.of("usr/sbin", "usr/bin", "sbin", "bin", "run/current-system/sw/bin");

    private final Path root;
    private final Trial trial;

    /** Probes this machine. */
    public KernelProbe() {
        this(Path.of("/"), Trial.REAL);
    }

    KernelProbe(Path root, Trial trial) {
        this.root = root;
        this.trial = trial;
    }

    public KernelSupport probe() throws IOException {
        String release =
                KernelText.value(root.resolve("proc/sys/kernel/osrelease")).orElse("?");
        KernelRelease version = KernelRelease.parse(release);
        KernelConfig config = KernelConfig.read(root, release);
        Modules modules = Modules.read(root, release);
        Set<String> filesystems = filesystems();
        ZramDevices zram = new ZramDevices(root);
        List<ZramState> devices = zram.all();

        Features found = new Features();
        found.add(KernelFeature.TMPFS, filesystems.contains("tmpfs"));
        found.add(KernelFeature.RAMFS, filesystems.contains("ramfs"));
        found.add(KernelFeature.ZRAM, zram.present() || modules.has("zram"));
        found.add(KernelFeature.NBD, Files.isDirectory(root.resolve("sys/class/block/nbd0")) || modules.has("nbd"));
        found.add(KernelFeature.NEW_MOUNT_API, answer(trial.newMountApi(), version.isAtLeast(5, 2)));
        found.add(KernelFeature.MOUNT_SETATTR, version.isAtLeast(5, 12));
        found.add(KernelFeature.NOSYMFOLLOW, version.isAtLeast(5, 14));
        boolean huge = Files.exists(root.resolve("sys/kernel/mm/transparent_hugepage/shmem_enabled"));
        found.add(KernelFeature.TMPFS_HUGE, option("huge", "never", huge));
        found.add(KernelFeature.TMPFS_MPOL, option("mpol", "default", config.has("NUMA", false)));
        found.add(KernelFeature.TMPFS_NOSWAP, option("noswap", null, version.isAtLeast(6, 4)));
        found.add(KernelFeature.TMPFS_INODE64, option("inode64", null, version.isAtLeast(5, 9)));
        boolean quota = config.has("TMPFS_QUOTA", Files.exists(root.resolve("sys/fs/tmpfs/features/user_quota")));
        found.add(KernelFeature.TMPFS_QUOTA, option("usrquota", null, quota));
        boolean casefold = Files.exists(root.resolve("sys/fs/tmpfs/features/casefold"));
        found.add(KernelFeature.TMPFS_CASEFOLD, option("casefold", null, casefold));
        found.add(
                KernelFeature.ZRAM_RECOMPRESSION,
                anyOr(devices, ZramState::canRecompress, config.has("ZRAM_MULTI_COMP", false)));
        found.add(
                KernelFeature.ZRAM_WRITEBACK,
                anyOr(devices, ZramState::canWriteBack, config.has("ZRAM_WRITEBACK", false)));
        found.add(
                KernelFeature.ZRAM_ALGORITHM_PARAMETERS,
                anyOr(devices, ZramState::hasParameters, version.isAtLeast(6, 12)));
        return new KernelSupport(
                release,
                found.all,
                devices.isEmpty() ? List.of() : devices.get(0).algorithms(),
                usable(filesystems, modules),
                NumaNodes.read(root));
    }

    private static final class Features {
        private final TreeSet<KernelFeature> all = new TreeSet<>();

        void add(KernelFeature feature, boolean there) {
            if (there) {
                all.add(feature);
            }
        }
    }

    private interface Property {
        boolean of(ZramState device);
    }

    private boolean option(String key, @Nullable String value, boolean otherwise) {
        return answer(trial.tmpfsOption(key, value), otherwise);
    }

    private static boolean answer(Trial.Answer answer, boolean otherwise) {
        return switch (answer) {
            case YES -> true;
            case NO -> false;
            case UNKNOWN -> otherwise;
        };
    }

    private static boolean anyOr(List<ZramState> devices, Property property, boolean otherwise) {
        return devices.isEmpty() ? otherwise : devices.stream().anyMatch(property::of);
    }

    /** What {@code /proc/filesystems} lists: lines of {@code nodev} or nothing, a tab, and the name. */
    private Set<String> filesystems() throws IOException {
        return KernelText.lines(root.resolve("proc/filesystems")).stream()
                .map(line -> line.substring(line.indexOf('\t') + 1).strip())
                .collect(Collectors.toSet());
    }

    /** A filesystem needs the kernel's part and the program that makes it. */
    private List<String> usable(Set<String> filesystems, Modules modules) {
        return Arrays.stream(FilesystemType.values())
                .map(FilesystemType::text)
                .filter(name -> filesystems.contains(name) || modules.has(name))
                .filter(name -> PROGRAM_DIRECTORIES.stream()
                        .anyMatch(directory ->
                                Files.exists(root.resolve(directory).resolve("mkfs." + name))))
                .toList();
    }
}
