// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsState;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.FilesystemSpace;
import io.github.cramdisk.host.syscall.KernelException;

/**
 * Changes a mounted tmpfs, all of it or nothing: first owner, mode and flags, which can be taken back, then the options
 * of the filesystem, which the kernel itself changes all or none and some of which (a limit that was taken away) cannot.
 */
final class TmpfsRemount {
    /** What the kernel says when a file was written between our check and the change; mm/shmem.c. */
    private static final String TOO_SMALL = "Too small a size";

    private static final int UNCHANGED = -1;

    private final Mounter mounter;
    private final Refusals refusals;
    private final Busy busy;

    TmpfsRemount(Mounter mounter, Refusals refusals, Busy busy) {
        this.mounter = mounter;
        this.refusals = refusals;
        this.busy = busy;
    }

    /**
     * @param mountRoot of the tmpfs that {@code entry} describes
     * @param ramBytes memory of the machine
     */
    void run(Descriptor mountRoot, MountEntry entry, TmpfsChange change, long ramBytes) {
        try (Undo undo = new Undo()) {
            TmpfsState state = state(mountRoot, entry);
            change.check(state, ramBytes);
            // A read-only tmpfs takes no new owner: writable first, read-only last.
            boolean becomesReadOnly = Boolean.TRUE.equals(change.flags().readOnly());
            if (!becomesReadOnly) {
                changeFlags(mountRoot, entry, change, undo);
            }
            changeRoot(mountRoot, change, undo);
            if (becomesReadOnly) {
                changeFlags(mountRoot, entry, change, undo);
            }
            mounter.changeOptions(mountRoot, entry, TmpfsOptions.of(change, state.noswap(), ramBytes), change.flags());
            undo.keep();
        } catch (KernelException e) {
            throw refusal(mountRoot, entry, change, ramBytes, e);
        }
    }

    /** What a mounted tmpfs allows and holds. */
    static TmpfsState state(Descriptor mountRoot, MountEntry entry) throws KernelException {
        FilesystemSpace space = FileCalls.space(mountRoot.procPath());
        boolean quota = entry.superOptions().stream()
                .anyMatch(option -> option.startsWith("usrquota") || option.startsWith("grpquota"));
        return new TmpfsState(
                space.sizeBytes() == 0 ? null : space.sizeBytes(),
                space.usedBytes(),
                space.inodes() == 0 ? null : space.inodes(),
                space.usedInodes(),
                entry.hasSuperOption("noswap"),
                quota);
    }

    private void changeFlags(Descriptor mountRoot, MountEntry entry, TmpfsChange change, Undo undo)
            throws KernelException {
        mounter.changeFlags(mountRoot, entry, change.flags());
        undo.add(
                "restore the flags of " + entry.target(),
                () -> mounter.changeFlags(mountRoot, entry, FlagBits.restore(FlagBits.of(entry))));
    }

    private static void changeRoot(Descriptor mountRoot, TmpfsChange change, Undo undo) throws KernelException {
        FileStatus before = FileCalls.status(mountRoot);
        if (change.uid() != null || change.gid() != null) {
            int uid = change.uid() == null ? UNCHANGED : change.uid().intValue();
            int gid = change.gid() == null ? UNCHANGED : change.gid().intValue();
            FileCalls.changeOwner(mountRoot, uid, gid);
            undo.add(
                    "restore the owner of " + change.target(),
                    () -> FileCalls.changeOwner(mountRoot, before.uid(), before.gid()));
        }
        if (change.mode() != null) {
            FileCalls.changeMode(mountRoot, change.mode().bits());
            undo.add(
                    "restore the mode of " + change.target(),
                    () -> FileCalls.changeMode(mountRoot, before.permissions()));
        }
    }

    private CramdiskException refusal(
            Descriptor mountRoot, MountEntry entry, TmpfsChange change, long ramBytes, KernelException e) {
        if (e.errno() == Errno.EBUSY) {
            return busy.mount(entry);
        }
        SizeLimit size = change.size();
        if (size != null && e.reason().contains(TOO_SMALL)) {
            return tooSmall(mountRoot, entry, size.kernelBytes(ramBytes), e);
        }
        return refusals.of("change the tmpfs at " + entry.target(), e);
    }

    private CramdiskException tooSmall(Descriptor mountRoot, MountEntry entry, long wanted, KernelException cause) {
        try {
            ByteSize used = new ByteSize(FileCalls.space(mountRoot.procPath()).usedBytes());
            return new CramdiskException(
                    ErrorKind.SIZE_TOO_SMALL_FOR_USED,
                    cause,
                    entry.target(),
                    used.format(),
                    new ByteSize(wanted).format(),
                    used.formatExact());
        } catch (KernelException e) {
            cause.addSuppressed(e);
            return refusals.of("change the tmpfs at " + entry.target(), cause);
        }
    }
}
