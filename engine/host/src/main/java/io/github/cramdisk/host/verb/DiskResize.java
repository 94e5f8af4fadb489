// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.nbd.NbdControl;
import io.github.cramdisk.host.nbd.Superblock;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.DeviceNumber;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Gives an attached disk another size, its filesystem included. To grow, the device goes first, to shrink, the filesystem:
 * at no moment does a filesystem reach beyond its device. What a filesystem cannot do is refused before anything changes.
 */
final class DiskResize {
    private static final long SECTOR_BYTES = 512;
    private static final String EXT4 = "ext4";
    private static final String XFS = "xfs";
    private static final String BTRFS = "btrfs";

    private final Path root;
    private final Programs programs;
    private final DeviceUses uses;
    private final Refusals refusals;

    DiskResize(Path root, Programs programs, DeviceUses uses, Refusals refusals) {
        this.root = root;
        this.programs = programs;
        this.uses = uses;
        this.refusals = refusals;
    }

    /** What is on the device, and where it is mounted. */
    private record Content(String device, String type, Optional<MountEntry> mount) {
        boolean mounted() {
            return mount.isPresent();
        }
    }

    void run(AttachedDisk disk, long sizeBytes) {
        try {
            Content content = content(disk);
            long now = Long.parseLong(file(disk, "size")) * SECTOR_BYTES;
            if (sizeBytes >= now) {
                requireCanGrow(disk, content);
                setSize(disk, sizeBytes);
                growFilesystem(content);
            } else {
                requireCanShrink(disk, content);
                shrinkFilesystem(content, sizeBytes);
                setSize(disk, sizeBytes);
            }
        } catch (KernelException e) {
            throw refusals.of("resize " + disk.device(), e);
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    private Content content(AttachedDisk disk) throws IOException {
        String device = disk.device().toString();
        if (SwapArea.read(root).stream().anyMatch(area -> area.path().equals(device))) {
            throw refused(disk, "it is in use as swap. Detach it first");
        }
        Optional<MountEntry> mount = uses.mountsOf(device, DeviceNumber.parse(file(disk, "dev"))).stream()
                .findFirst();
        String type = mount.isPresent()
                ? mount.get().type()
                : Superblock.ofDevice(device).map(Superblock::type).orElse("");
        return new Content(device, type, mount);
    }

    private static void requireCanGrow(AttachedDisk disk, Content content) {
        boolean onlyMounted = content.type().equals(XFS) || content.type().equals(BTRFS);
        if (onlyMounted && !content.mounted()) {
            throw refused(disk, content.type() + " grows only while it is mounted. Mount it first");
        }
    }

    private static void requireCanShrink(AttachedDisk disk, Content content) {
        switch (content.type()) {
            case XFS -> throw refused(disk, "xfs cannot be made smaller. Copy the files to a smaller disk");
            case EXT4 -> {
                if (content.mounted()) {
                    throw refused(
                            disk, "ext4 shrinks only while it is not mounted. Attach it without --mount, then resize");
                }
            }
            case BTRFS -> {
                if (!content.mounted()) {
                    throw refused(disk, "btrfs shrinks only while it is mounted. Mount it first");
                }
            }
            case Superblock.SWAP -> throw refused(disk, "it holds swap. Attach it with --format");
            default -> {
                if (content.mounted()) {
                    throw refused(disk, "it is not known how a filesystem of type " + content.type() + " shrinks");
                }
            }
        }
    }

    private void growFilesystem(Content content) throws KernelException {
        switch (content.type()) {
            case EXT4 -> {
                if (!content.mounted()) {
                    programs.run("e2fsck", List.of("-f", "-p", content.device()));
                }
                programs.run("resize2fs", List.of(content.device()));
            }
            case XFS -> atMount(content, path -> programs.run("xfs_growfs", List.of(path)));
            case BTRFS -> atMount(content, path -> programs.run("btrfs", List.of("filesystem", "resize", "max", path)));
            default -> {
                // Nothing on it has a size.
            }
        }
    }

    private void shrinkFilesystem(Content content, long sizeBytes) throws KernelException {
        switch (content.type()) {
            case EXT4 -> {
                programs.run("e2fsck", List.of("-f", "-p", content.device()));
                programs.run("resize2fs", List.of(content.device(), sizeBytes / 1024 + "K"));
            }
            case BTRFS ->
                atMount(
                        content,
                        path -> programs.run("btrfs", List.of("filesystem", "resize", Long.toString(sizeBytes), path)));
            default -> {
                // Nothing on it has a size.
            }
        }
    }

    private interface OnPath {
        void run(String path);
    }

    /** By descriptor, so that no rename of directories leads elsewhere; the program is not of this process. */
    private static void atMount(Content content, OnPath step) throws KernelException {
        MountEntry mount = content.mount().orElseThrow();
        try (Descriptor mountRoot = FileCalls.openDirectory(mount.target())) {
            if (FileCalls.status(mountRoot).mountId() != mount.id()) {
                throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, mount.type(), mount.target());
            }
            step.run("/proc/" + ProcessHandle.current().pid() + "/fd/" + mountRoot.number());
        }
    }

    private static void setSize(AttachedDisk disk, long sizeBytes) throws KernelException {
        NbdControl.resize(disk.device().number(), disk.identifier(), sizeBytes);
    }

    private String file(AttachedDisk disk, String name) throws IOException {
        return KernelText.value(
                        root.resolve("sys/block").resolve(disk.device().name()).resolve(name))
                .orElse("");
    }

    private static CramdiskException refused(AttachedDisk disk, String why) {
        return new CramdiskException(ErrorKind.CANNOT_RESIZE, disk.disk(), why);
    }
}
