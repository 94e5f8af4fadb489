// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.FilesystemSpace;
import io.github.cramdisk.host.syscall.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tmpfs for the disks of one user: {@code /run/cramdisk/arena-UID}. systemd-logind does not empty it at logout
 * (RemoveIPC reaches /dev/shm only), and it is not limited to half of the memory.
 */
final class ArenaMaker {
    static final String DIRECTORY = "/run/cramdisk";

    private static final int DIRECTORY_MODE = 0755;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final FileMode ARENA_MODE = FileMode.parse("700");

    private final Path root;
    private final String directory;
    private final Mounter mounter;
    private final Refusals refusals;

    ArenaMaker(Path root, String directory, Mounter mounter, Refusals refusals) {
        this.root = root;
        this.directory = directory;
        this.mounter = mounter;
        this.refusals = refusals;
    }

    /** See {@link Verbs#makeArenaDirectory}. One at a time: two callers at once would mount two. */
    synchronized String make(Caller caller, ByteSize size) {
        String name = "arena-" + caller.uid();
        String path = directory + "/" + name;
        try (Undo undo = new Undo()) {
            ownDirectory(
                            MountPoint.parentOf(directory),
                            Path.of(directory).getFileName().toString())
                    .close();
            try (Descriptor arena = ownDirectoryOrMount(name, path)) {
                if (FileCalls.status(arena).mountRoot()) {
                    keep(arena, caller, path, size);
                    return path;
                }
            }
            try (MountPoint point = MountPoint.open(Caller.ROOT, path, false, Guard.NONE, undo)) {
                mounter.mount(arena(caller, size), point);
            }
            undo.keep();
            return path;
        } catch (KernelException e) {
            throw refusals.of("make the directory for disk memory " + path, e);
        }
    }

    private Descriptor ownDirectoryOrMount(String name, String path) throws KernelException {
        try {
            Descriptor found = FileCalls.openDirectory(path);
            if (FileCalls.status(found).mountRoot()) {
                return found;
            }
            found.close();
        } catch (KernelException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        return ownDirectory(directory, name);
    }

    /** Opens a directory that only root can write to, made where it is missing. */
    private static Descriptor ownDirectory(String parentPath, String name) throws KernelException {
        try (Descriptor parent = FileCalls.openDirectory(parentPath)) {
            try {
                FileCalls.makeDirectory(parent, name, DIRECTORY_MODE);
            } catch (KernelException e) {
                if (e.errno() != Errno.EEXIST) {
                    throw e;
                }
            }
            Descriptor made = FileCalls.openDirectoryIn(parent, name);
            FileStatus status = FileCalls.status(made);
            if (status.uid() != 0 || (status.permissions() & WRITABLE_BY_OTHERS) != 0) {
                made.close();
                throw new CramdiskException(
                        ErrorKind.ARENA_UNUSABLE, parentPath + "/" + name, "others than root may write to it");
            }
            return made;
        }
    }

    private static NewFilesystem arena(Caller caller, ByteSize size) {
        List<MountOption> options = new ArrayList<>();
        options.add(MountOption.of("size", size.bytes()));
        options.add(MountOption.of("mode", ARENA_MODE));
        options.add(MountOption.of("uid", caller.uid()));
        options.add(MountOption.of("gid", caller.gid()));
        options.add(MountOption.flag("noswap").whereKnown());
        // The engine asks for huge pages where they pay; otherwise a small disk would cost 2 MiB for each of its files.
        options.add(MountOption.of("huge", HugePages.ADVISE.text()).whereKnown());
        MountFlags flags = MountFlags.DEFAULT.with(MountFlagsChange.parse("noexec,noatime"));
        return new NewFilesystem("tmpfs", "cramdisk", options, flags, null, null);
    }

    /** Checks the tmpfs that is there, and changes its size as far as what it holds allows. */
    private void keep(Descriptor arena, Caller caller, String path, ByteSize size) throws KernelException {
        FileStatus status = FileCalls.status(arena);
        Optional<MountEntry> entry = entry(status);
        boolean ours = entry.map(MountEntry::type).orElse("").equals("tmpfs")
                && Integer.toUnsignedLong(status.uid()) == caller.uid()
                && status.permissions() == ARENA_MODE.bits();
        if (!ours) {
            throw new CramdiskException(
                    ErrorKind.ARENA_UNUSABLE,
                    path,
                    "something else than a tmpfs of user " + caller.uid() + " with mode 0700 is mounted there");
        }
        FilesystemSpace space = FileCalls.space(arena.procPath());
        if (space.sizeBytes() == size.bytes() || size.bytes() < space.usedBytes()) {
            return;
        }
        List<MountOption> options = new ArrayList<>();
        options.add(MountOption.of("size", size.bytes()));
        if (entry.orElseThrow().hasSuperOption("noswap")) {
            options.add(MountOption.flag("noswap"));
        }
        mounter.changeOptions(arena, entry.orElseThrow(), options, MountFlagsChange.NONE);
    }

    private Optional<MountEntry> entry(FileStatus status) {
        try {
            return MountTable.read(root).byId(status.mountId());
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }
}
