// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramUpkeep;
import io.github.cramdisk.host.configure.ConfigurationChecks;
import io.github.cramdisk.host.configure.ConfigurationWriter;
import io.github.cramdisk.host.memory.MemInfo;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.nbd.DiskRequest;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does the verbs in this process, which must be root. The guard is asked about every object; what it allowed is what is
 * acted on. Safe for use by several threads.
 */
public final class LocalVerbs implements Verbs {
    private static final String TMPFS = "tmpfs";
    private static final String RAMFS = "ramfs";

    private final Path root;
    private final Guard guard;
    private final Mounter mounter;
    private final Refusals refusals;
    private final Busy busy;
    private final TmpfsRemount remount;
    private final ZramVerbs zram;
    private final DiskVerbs disks;
    private final ArenaMaker arenas;
    private final ConfigurationWriter configuration;

    public LocalVerbs(Guard guard) {
        this(guard, Mounter.ofThisKernel(), new Programs(), ArenaMaker.DIRECTORY);
    }

    LocalVerbs(Guard guard, Mounter mounter, Programs programs, String arenaDirectory) {
        this.root = Path.of("/");
        this.guard = guard;
        this.mounter = mounter;
        this.refusals = new Refusals(root);
        this.busy = new Busy(root);
        this.remount = new TmpfsRemount(mounter, refusals, busy);
        DeviceUses uses = new DeviceUses(root, mounter, refusals, busy);
        this.zram = new ZramVerbs(root, guard, uses, programs, refusals, busy);
        this.disks = new DiskVerbs(root, guard, uses, programs, refusals, busy);
        this.arenas = new ArenaMaker(root, arenaDirectory, mounter, refusals);
        this.configuration = new ConfigurationWriter(root, new ConfigurationChecks(programs));
    }

    @Override
    public MountedVolume mountTmpfs(Caller caller, TmpfsSpec spec) {
        List<MountOption> options = TmpfsOptions.of(spec, caller, ramBytes());
        NewFilesystem wanted = new NewFilesystem(TMPFS, TMPFS, options, spec.flags(), null, null);
        return mount(caller, wanted, spec.target(), spec.createTarget());
    }

    @Override
    public MountedVolume mountRamfs(Caller caller, RamfsSpec spec) {
        // ramfs has no option for the owner.
        NewFilesystem wanted = new NewFilesystem(RAMFS, RAMFS, List.of(), spec.flags(), caller, spec.mode());
        return mount(caller, wanted, spec.target(), spec.createTarget());
    }

    private MountedVolume mount(Caller caller, NewFilesystem wanted, String path, boolean create) {
        try (Undo undo = new Undo();
                MountPoint target = MountPoint.open(caller, path, create, guard, undo)) {
            MountedVolume mounted = mounter.mount(wanted, target);
            undo.keep();
            return mounted;
        } catch (KernelException e) {
            throw refusals.ofMount(wanted, path, e);
        }
    }

    @Override
    public void remountTmpfs(Caller caller, TmpfsChange change) {
        try (Descriptor mountRoot = MountPoint.openMounted(caller, change.target())) {
            MountEntry entry = entry(mountRoot, change.target(), TMPFS);
            guard.change(caller, Identity.of(mountRoot, change.target(), TMPFS));
            remount.run(mountRoot, entry, change, ramBytes());
        } catch (KernelException e) {
            throw refusals.of("look at " + change.target(), e);
        }
    }

    @Override
    public void unmount(Caller caller, String target, VolumeKind kind, boolean lazily) {
        if (kind != VolumeKind.TMPFS && kind != VolumeKind.RAMFS) {
            throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, kind.text(), target);
        }
        try {
            MountedVolume seen = look(caller, target, kind.text());
            guard.change(caller, seen);
            MountEntry entry = stillThere(caller, seen);
            try {
                MountPoint.unmountTop(caller, target, lazily);
            } catch (KernelException e) {
                throw e.errno() == Errno.EBUSY ? busy.mount(entry) : refusals.of("unmount " + target, e);
            }
        } catch (KernelException e) {
            throw refusals.of("look at " + target, e);
        }
    }

    @Override
    public CreatedZram createZram(Caller caller, ZramSpec spec) {
        return zram.create(caller, spec);
    }

    @Override
    public void changeZram(Caller caller, ZramDevice device, ZramChange change) {
        zram.change(caller, device, change);
    }

    @Override
    public void maintainZram(Caller caller, ZramDevice device, ZramUpkeep upkeep) {
        zram.change(caller, device, ZramChange.of(upkeep));
    }

    @Override
    public CreatedZram resetZram(Caller caller, ZramDevice device, @Nullable ZramSpec again) {
        return zram.reset(caller, device, again);
    }

    @Override
    public void removeZram(Caller caller, ZramDevice device) {
        zram.remove(caller, device);
    }

    @Override
    public AttachedDisk attachDisk(Caller caller, Descriptor connection, DiskRequest request) {
        return disks.attach(caller, connection, request);
    }

    @Override
    public void reattachDisk(Caller caller, Descriptor connection, DiskDevice device) {
        disks.reattach(caller, connection, device);
    }

    @Override
    public void formatDisk(Caller caller, DiskDevice device, DeviceUse use) {
        disks.format(caller, device, use);
    }

    @Override
    public void useDisk(Caller caller, DiskDevice device, DeviceUse use) {
        disks.use(caller, device, use);
    }

    @Override
    public void resizeDisk(Caller caller, DiskDevice device, ByteSize size) {
        disks.resize(caller, device, size.bytes());
    }

    @Override
    public void detachDisk(Caller caller, DiskDevice device) {
        disks.detach(caller, device);
    }

    @Override
    public String makeArenaDirectory(Caller caller, ByteSize size) {
        return arenas.make(caller, size);
    }

    @Override
    public ConfigApplied configure(Caller caller, ConfigFormat format, List<ConfigVolume> volumes) {
        return configuration.apply(format, volumes);
    }

    @Override
    public ConfigApplied revertConfiguration(Caller caller, ConfigFormat format) {
        return configuration.revert(format);
    }

    private MountedVolume look(Caller caller, String target, String type) throws KernelException {
        try (Descriptor mountRoot = MountPoint.openMounted(caller, target)) {
            entry(mountRoot, target, type);
            return Identity.of(mountRoot, target, type);
        }
    }

    /** The guard may have taken minutes. A descriptor held meanwhile would have made the mount busy. */
    private MountEntry stillThere(Caller caller, MountedVolume seen) throws KernelException {
        try (Descriptor mountRoot = MountPoint.openMounted(caller, seen.target())) {
            MountEntry entry = entry(mountRoot, seen.target(), seen.type());
            if (!Identity.of(mountRoot, seen.target(), seen.type()).equals(seen)) {
                throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, seen.type(), seen.target());
            }
            return entry;
        }
    }

    /** The line of mountinfo of a mount of which a descriptor is the root. */
    private MountEntry entry(Descriptor mountRoot, String target, String type) throws KernelException {
        long id = FileCalls.status(mountRoot).mountId();
        try {
            return MountTable.read(root)
                    .byId(id)
                    .filter(entry ->
                            entry.target().equals(target) && entry.type().equals(type))
                    .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, type, target));
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    private long ramBytes() {
        try {
            return MemInfo.read(root.resolve("proc")).totalBytes();
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }
}
