// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.SwapCalls;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verbs on zram devices. */
final class ZramVerbs {
    /**
     * Held while a number is given to a new device or an old one is taken away: a device that was looked at cannot become
     * another one meanwhile. Never held while the guard is asked.
     */
    private final Object numbers = new Object();

    private final Path root;
    private final Guard guard;
    private final Mounter mounter;
    private final Refusals refusals;
    private final Busy busy;
    private final ZramSetup setup;
    private final ZramMaintenance upkeep;
    private final Formats formats;

    ZramVerbs(Path root, Guard guard, Mounter mounter, Programs programs, Refusals refusals, Busy busy) {
        this.root = root;
        this.guard = guard;
        this.mounter = mounter;
        this.refusals = refusals;
        this.busy = busy;
        this.setup = new ZramSetup(root, programs, refusals, busy);
        this.upkeep = new ZramMaintenance(root, refusals);
        this.formats = new Formats(programs);
    }

    CreatedZram create(Caller caller, ZramSpec spec) {
        try (Undo undo = new Undo();
                TargetOfUse target = TargetOfUse.open(caller, spec, guard, undo)) {
            ZramDevice device = add();
            undo.add("remove " + device, () -> setup.remove(device));
            CreatedZram created = setUp(caller, device, spec, target.point());
            undo.keep();
            return created;
        }
    }

    void change(Caller caller, ZramDevice device, ZramChange change) {
        CreatedZram seen = allowed(caller, device);
        synchronized (numbers) {
            checkSame(seen);
            if (change.memLimit() != null || change.removeMemLimit()) {
                setup.setLimit(device, change.memLimit());
            }
            if (change.compact()) {
                setup.compact(device);
            }
        }
        // It may take minutes, in which other devices can be made and removed.
        if (change.upkeep() != null) {
            upkeep.run(device, change.upkeep(), () -> checkSame(seen));
        }
    }

    CreatedZram reset(Caller caller, ZramDevice device, @Nullable ZramSpec again) {
        CreatedZram seen = allowed(caller, device);
        synchronized (numbers) {
            release(seen);
            setup.reset(device);
        }
        if (again == null) {
            return identity(device);
        }
        try (Undo undo = new Undo();
                TargetOfUse target = TargetOfUse.open(caller, again, guard, undo)) {
            undo.add("reset " + device, () -> setup.reset(device));
            CreatedZram created = setUp(caller, device, again, target.point());
            undo.keep();
            return created;
        }
    }

    void remove(Caller caller, ZramDevice device) {
        CreatedZram seen = allowed(caller, device);
        synchronized (numbers) {
            release(seen);
            setup.remove(device);
        }
    }

    /** The mount point of a specification, if it has one, opened before anything is made: most mistakes are in it. */
    private record TargetOfUse(@Nullable MountPoint point) implements AutoCloseable {
        static TargetOfUse open(Caller caller, ZramSpec spec, Guard guard, Undo undo) {
            return spec.use() instanceof DeviceFilesystem filesystem
                    ? new TargetOfUse(
                            MountPoint.open(caller, filesystem.target(), filesystem.createTarget(), guard, undo))
                    : new TargetOfUse(null);
        }

        @Override
        public void close() {
            if (point != null) {
                point.close();
            }
        }
    }

    private CreatedZram setUp(Caller caller, ZramDevice device, ZramSpec spec, @Nullable MountPoint target) {
        setup.setUp(device, spec);
        MountedVolume mounted = null;
        if (spec.use() instanceof DeviceSwap swap) {
            formats.makeSwap(device.toString(), swap);
            enable(device, swap);
        } else if (spec.use() instanceof DeviceFilesystem filesystem && target != null) {
            formats.makeFilesystem(device.toString(), filesystem);
            mounted = mount(caller, device, filesystem, target);
        }
        return new CreatedZram(device, setup.sequence(device), mounted);
    }

    private MountedVolume mount(Caller caller, ZramDevice device, DeviceFilesystem filesystem, MountPoint target) {
        long uid = filesystem.uid() == null ? caller.uid() : filesystem.uid();
        long gid = filesystem.gid() == null ? caller.gid() : filesystem.gid();
        NewFilesystem wanted = new NewFilesystem(
                filesystem.type().text(),
                device.toString(),
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

    private void enable(ZramDevice device, DeviceSwap swap) {
        int priority = swap.priority() == null ? SwapCalls.DEFAULT_PRIORITY : swap.priority();
        SwapCalls.Discard discard = switch (swap.discard()) {
            case NONE -> SwapCalls.Discard.NONE;
            case ONCE -> SwapCalls.Discard.ONCE;
            case PAGES -> SwapCalls.Discard.PAGES;
            case BOTH -> SwapCalls.Discard.BOTH;
        };
        try {
            SwapCalls.enable(device.toString(), priority, discard);
        } catch (KernelException e) {
            throw refusals.of("use " + device + " as swap", e);
        }
    }

    private ZramDevice add() {
        synchronized (numbers) {
            return setup.add();
        }
    }

    private CreatedZram allowed(Caller caller, ZramDevice device) {
        CreatedZram seen = identity(device);
        guard.change(caller, seen);
        return seen;
    }

    /** Whether the device is still the one that the guard saw; holds as long as {@link #numbers} is held. */
    private void checkSame(CreatedZram seen) {
        if (setup.sequence(seen.device()) != seen.sequence()) {
            throw new CramdiskException(
                    ErrorKind.NO_SUCH_VOLUME, "zram device", seen.device().toString());
        }
    }

    /** Unmounts a device or takes it out of swap. */
    private void release(CreatedZram seen) {
        ZramDevice device = seen.device();
        checkSame(seen);
        try {
            for (MountEntry entry : mountsOf(device)) {
                unmount(entry);
            }
            for (SwapArea area : SwapArea.read(root)) {
                if (area.path().equals(device.toString())) {
                    disable(area);
                }
            }
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    private CreatedZram identity(ZramDevice device) {
        setup.state(device);
        return new CreatedZram(device, setup.sequence(device), null);
    }

    /** The newest first, so that those stacked on one place come off in order. */
    private List<MountEntry> mountsOf(ZramDevice device) throws IOException {
        ZramState state = setup.state(device);
        List<MountEntry> found = new ArrayList<>();
        for (MountEntry entry : MountTable.read(root).entries()) {
            // btrfs has a number of its own; the source tells.
            if (entry.device().equals(state.device()) || entry.source().equals(device.toString())) {
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
