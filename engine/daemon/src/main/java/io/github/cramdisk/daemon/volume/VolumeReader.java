// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.TreeUse;
import io.github.cramdisk.host.process.VolumeUsers;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.swap.Zswap;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FilesystemSpace;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.zram.ZramDevices;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the one list of volumes from what the machine shows. Thread-safe. */
final class VolumeReader {
    private static final int PERCENT = 100;
    private static final String ROOT_OF_FILESYSTEM = "/";

    private final VolumeUsers users;
    private final Ownership ownership;
    private final PageCounts pages;
    private final TreeUses trees;

    VolumeReader(Path root, Ownership ownership) {
        this.users = new VolumeUsers(root);
        this.ownership = ownership;
        this.pages = new PageCounts();
        this.trees = new TreeUses();
    }

    /** By kind, then by title. */
    List<VolumeInfo> read(Machine machine, List<DiskInfo> disks, boolean withUsers) throws IOException {
        trees.keepOnly(machine.mounts());
        List<VolumeInfo> volumes = new ArrayList<>();
        disks.forEach(disk -> volumes.add(disk(disk)));
        for (MountEntry mount : filesystems(machine)) {
            volumes.add(mounted(machine, mount, withUsers));
        }
        for (ZramState zram : machine.zrams()) {
            volumes.add(zram(machine, zram, withUsers));
        }
        machine.zswap().flatMap(zswap -> zswap(machine, zswap)).ifPresent(volumes::add);
        for (SwapArea swap : machine.swaps()) {
            if (ZramDevices.indexOf(swap.path()).isEmpty()) {
                volumes.add(swap(swap));
            }
        }
        for (NbdDevice nbd : machine.nbds()) {
            volumes.add(nbd(machine, nbd, withUsers));
        }
        volumes.sort(Comparator.comparing(VolumeInfo::kind).thenComparing(VolumeInfo::title));
        return volumes;
    }

    /** One for each tmpfs and ramfs, however often it is seen by bind mounts: where it is whole, the shortest path. */
    private static List<MountEntry> filesystems(Machine machine) {
        List<MountEntry> chosen = new ArrayList<>();
        List<MountEntry> visible = machine.mounts().visible();
        for (MountEntry mount : visible) {
            boolean inMemory =
                    mount.type().equals(VolumeKind.TMPFS.text()) || mount.type().equals(VolumeKind.RAMFS.text());
            if (inMemory && mount.equals(best(visible, mount))) {
                chosen.add(mount);
            }
        }
        return chosen;
    }

    private static MountEntry best(List<MountEntry> visible, MountEntry mount) {
        return visible.stream()
                .filter(other ->
                        other.device().equals(mount.device()) && other.type().equals(mount.type()))
                .min(Comparator.comparing((MountEntry other) -> !other.root().equals(ROOT_OF_FILESYSTEM))
                        .thenComparing(other -> other.target().length())
                        .thenComparing(MountEntry::id))
                .orElse(mount);
    }

    VolumeInfo mounted(Machine machine, MountEntry mount, boolean withUsers) throws IOException {
        boolean tmpfs = mount.type().equals(VolumeKind.TMPFS.text());
        MountUse use = use(machine, mount, tmpfs);
        return new VolumeInfo(
                tmpfs ? VolumeKind.TMPFS : VolumeKind.RAMFS,
                null,
                mount.target(),
                null,
                use.sizeBytes(),
                use.usedBytes(),
                use.atLeast(),
                use.residentBytes(),
                use.swappedBytes(),
                ownership.isOurs(mount.type(), mount.target()),
                owner(mount.target()),
                options(mount),
                withUsers ? users.ofMount(mount, machine.mounts()) : List.of());
    }

    private MountUse use(Machine machine, MountEntry mount, boolean tmpfs) {
        // A ramfs tells nothing of itself.
        Optional<FilesystemSpace> space = tmpfs ? space(mount.target()) : Optional.empty();
        boolean neverSwapped = !tmpfs || mount.hasSuperOption("noswap") || machine.usedSwapBytes() == 0;
        int pageBytes = neverSwapped ? 0 : pages.pageBytes();
        boolean tellsItsUse = space.isPresent() && space.get().sizeBytes() > 0;
        if (tellsItsUse && (neverSwapped || space.get().usedBytes() == 0)) {
            return MountUse.told(space.get(), 0L);
        }
        TreeUse counted = trees.of(mount, pageBytes);
        return tellsItsUse
                ? MountUse.told(space.get(), counted.swappedBytes())
                : MountUse.counted(counted, neverSwapped ? Long.valueOf(0) : counted.swappedBytes());
    }

    VolumeInfo zram(Machine machine, ZramState zram, boolean withUsers) throws IOException {
        Optional<MountEntry> mount = mountOf(machine, zram);
        Optional<SwapArea> swap = machine.swapOn(zram.path());
        List<String> options = new ArrayList<>();
        options.add("algorithm=" + zram.algorithm());
        if (zram.memory().limitBytes() > 0) {
            options.add("mem_limit=" + zram.memory().limitBytes());
        }
        swap.ifPresent(area -> {
            options.add("swap");
            options.add("priority=" + area.priority());
        });
        mount.ifPresent(entry -> {
            options.add("type=" + entry.type());
            options.addAll(options(entry));
        });
        String target = mount.map(MountEntry::target).orElse(null);
        return new VolumeInfo(
                VolumeKind.ZRAM,
                ownership.ofZram(zram).map(ZramReader::label).orElse(null),
                target,
                zram.path(),
                zram.sizeBytes(),
                zram.memory().originalBytes() + pages.bytes(zram.memory().samePages()),
                false,
                zram.memory().usedBytes(),
                0L,
                ownership.ofZram(zram).isPresent(),
                target == null ? owner(zram.path()) : owner(target),
                options,
                withUsers ? zramUsers(machine, zram, mount) : List.of());
    }

    List<VolumeUser> zramUsers(Machine machine, ZramState zram, Optional<MountEntry> mount) throws IOException {
        return mount.isPresent() ? users.ofMount(mount.get(), machine.mounts()) : users.ofDevice(zram.path());
    }

    /** Where a device is mounted; the first of several. */
    static Optional<MountEntry> mountOf(Machine machine, ZramState zram) {
        // btrfs has a device number of its own; the source names the device then.
        return machine.mounts().visible().stream()
                .filter(mount ->
                        mount.device().equals(zram.device()) || mount.source().equals(zram.path()))
                .findFirst();
    }

    private static VolumeInfo disk(DiskInfo disk) {
        return new VolumeInfo(
                VolumeKind.DISK,
                disk.name(),
                null,
                disk.uri(),
                disk.sizeBytes(),
                disk.logicalBytes(),
                false,
                disk.residentBytes(),
                null,
                true,
                System.getProperty("user.name"),
                List.of("codec=" + disk.codec()),
                List.of());
    }

    private static Optional<VolumeInfo> zswap(Machine machine, Zswap zswap) {
        if (!zswap.enabled() && zswap.storedBytes() == 0) {
            return Optional.empty();
        }
        return Optional.of(new VolumeInfo(
                VolumeKind.ZSWAP,
                "zswap",
                null,
                null,
                machine.memory().totalBytes() / PERCENT * zswap.maxPoolPercent(),
                zswap.originalBytes(),
                false,
                zswap.storedBytes(),
                0L,
                false,
                null,
                List.of("compressor=" + zswap.compressor(), "max_pool_percent=" + zswap.maxPoolPercent()),
                List.of()));
    }

    private static VolumeInfo swap(SwapArea swap) {
        return new VolumeInfo(
                VolumeKind.SWAP,
                null,
                null,
                swap.path(),
                swap.sizeBytes(),
                swap.usedBytes(),
                false,
                0,
                swap.usedBytes(),
                false,
                null,
                List.of(swap.partition() ? "partition" : "file", "priority=" + swap.priority()),
                List.of());
    }

    private VolumeInfo nbd(Machine machine, NbdDevice nbd, boolean withUsers) throws IOException {
        Optional<MountEntry> mount =
                machine.mounts().ofDevice(nbd.number()).stream().findFirst();
        return new VolumeInfo(
                VolumeKind.NBD,
                null,
                mount.map(MountEntry::target).orElse(null),
                nbd.path(),
                nbd.sizeBytes(),
                0,
                true,
                0,
                null,
                false,
                null,
                mount.map(VolumeReader::options).orElse(List.of()),
                withUsers ? users.ofDevice(nbd.path()) : List.of());
    }

    /** Empty where this user may not go there. */
    static Optional<FilesystemSpace> space(String target) {
        try {
            return Optional.of(FileCalls.space(target));
        } catch (KernelException e) {
            return Optional.empty();
        }
    }

    /** Each word once: {@code rw} is both of the mount and of the filesystem. */
    private static List<String> options(MountEntry mount) {
        List<String> options = new ArrayList<>(mount.options());
        mount.superOptions().stream()
                .filter(option -> !options.contains(option))
                .forEach(options::add);
        return options;
    }

    private static @Nullable String owner(String path) {
        try {
            return Files.getOwner(Path.of(path), LinkOption.NOFOLLOW_LINKS).getName();
        } catch (IOException | java.nio.file.InvalidPathException e) {
            // It is gone meanwhile, this user may not go there, or the JVM cannot name it.
            return null;
        }
    }
}
