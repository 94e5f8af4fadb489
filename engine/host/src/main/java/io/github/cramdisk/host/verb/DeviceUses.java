// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.syscall.DeviceNumber;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.SwapCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mounts what is on a block device or makes it swap, and takes it out of use again; zram devices and disks alike. */
final class DeviceUses {
    private final Path root;
    private final Mounter mounter;
    private final Refusals refusals;
    private final Busy busy;

    DeviceUses(Path root, Mounter mounter, Refusals refusals, Busy busy) {
        this.root = root;
        this.mounter = mounter;
        this.refusals = refusals;
        this.busy = busy;
    }

    MountedVolume mount(Caller caller, String device, DeviceFilesystem filesystem, MountPoint target) {
        long uid = filesystem.uid() == null ? caller.uid() : filesystem.uid();
        long gid = filesystem.gid() == null ? caller.gid() : filesystem.gid();
        NewFilesystem wanted = new NewFilesystem(
                filesystem.type().text(),
                device,
                Formats.mountOptions(filesystem),
                filesystem.flags(),
                new Caller(uid, gid),
                filesystem.mode());
        try {
            return mounter.mount(wanted, target);
        } catch (KernelException e) {
            throw refusals.ofMount(wanted, target.path(), e);
        }
    }

    void enable(String device, DeviceSwap swap) {
        int priority = swap.priority() == null ? SwapCalls.DEFAULT_PRIORITY : swap.priority();
        SwapCalls.Discard discard = switch (swap.discard()) {
            case NONE -> SwapCalls.Discard.NONE;
            case ONCE -> SwapCalls.Discard.ONCE;
            case PAGES -> SwapCalls.Discard.PAGES;
            case BOTH -> SwapCalls.Discard.BOTH;
        };
        try {
            SwapCalls.enable(device, priority, discard);
        } catch (KernelException e) {
            throw refusals.of("use " + device + " as swap", e);
        }
    }

    /** Unmounts a device wherever it is mounted, and takes it out of swap. */
    void release(String device, DeviceNumber number) {
        try {
            for (MountEntry entry : mountsOf(device, number)) {
                unmount(entry);
            }
            for (SwapArea area : SwapArea.read(root)) {
                if (area.path().equals(device)) {
                    disable(area);
                }
            }
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    /** The newest first, so that those stacked on one place come off in order. */
    List<MountEntry> mountsOf(String device, DeviceNumber number) throws IOException {
        List<MountEntry> found = new ArrayList<>();
        for (MountEntry entry : MountTable.read(root).entries()) {
            // btrfs has a number of its own; the source tells.
            if (entry.device().equals(number) || entry.source().equals(device)) {
                found.add(0, entry);
            }
        }
        return found;
    }

    private void unmount(MountEntry entry) throws IOException {
        boolean onTop = MountTable.read(root)
                .at(entry.target())
                .map(top -> top.id() == entry.id())
                .orElse(false);
        if (!onTop) {
            throw new CramdiskException(
                    ErrorKind.VOLUME_BUSY,
                    entry.source(),
                    "its mount " + entry.target() + ", which another one covers");
        }
        try {
            MountPoint.unmountTop(Caller.ROOT, entry.target(), false);
        } catch (KernelException e) {
            throw e.errno() == Errno.EBUSY ? busy.mount(entry) : refusals.of("unmount " + entry.target(), e);
        }
    }

    private void disable(SwapArea area) {
        try {
            SwapCalls.disable(area.path());
        } catch (KernelException e) {
            throw e.errno() == Errno.ENOMEM
                    ? new CramdiskException(
                            ErrorKind.NOT_ENOUGH_MEMORY,
                            e,
                            "what lies in the swap " + area.path() + " must come back into memory, which has no room")
                    : refusals.of("take " + area.path() + " out of swap", e);
        }
    }
}
