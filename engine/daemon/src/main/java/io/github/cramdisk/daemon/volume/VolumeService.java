// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeList;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The use cases for volumes: reads what there is, lets the verbs do what needs root, and keeps the definitions in step.
 * Thread-safe. Nothing is locked while a verb runs, because a verb may wait for a person's password.
 */
public final class VolumeService implements Volumes {
    private final VolumeHouse house;
    private final Supplier<List<DiskInfo>> disks;
    private final Ownership ownership;
    private final VolumeReader reader;
    private final MachineReads machine;
    private final MountUseCases mounts;
    private final ZramUseCases zrams;
    private final Doctor doctor;

    /** @param disks those of the engine now */
    public VolumeService(VolumeHouse house, Supplier<List<DiskInfo>> disks) throws IOException {
        this.house = house;
        this.disks = disks;
        this.ownership = new Ownership(house);
        this.reader = new VolumeReader(house.root(), ownership);
        this.machine = new MachineReads(house.root());
        this.mounts = new MountUseCases(house, ownership, reader);
        this.zrams = new ZramUseCases(house, ownership, reader);
        this.doctor = new Doctor(house, ownership);
    }

    @Override
    public VolumeList list(boolean withUsers) {
        return machine.tell(now -> {
            List<DiskInfo> ofEngine = disks.get();
            List<VolumeInfo> volumes = reader.read(now, ofEngine, withUsers);
            List<Warning> warnings = new ArrayList<>(MemoryPromises.warnings(now, volumes, ofEngine, ownership));
            warnings.addAll(MemLimitWatch.warnings(now));
            return new VolumeList(volumes, warnings);
        });
    }

    /** What the limits of all volumes come to. */
    MemoryPromises.Sum promises() {
        return machine.tell(now -> {
            List<DiskInfo> ofEngine = disks.get();
            return MemoryPromises.sum(now, reader.read(now, ofEngine, false), ofEngine, ownership);
        });
    }

    @Override
    public KernelSupport kernelSupport() {
        return house.kernel().get();
    }

    @Override
    public List<Finding> doctor() {
        return machine.tell(now -> {
            List<DiskInfo> ofEngine = disks.get();
            List<VolumeInfo> volumes = reader.read(now, ofEngine, false);
            return doctor.examine(now, volumes, ofEngine, house.kernel().get());
        });
    }

    @Override
    public VolumeInfo mountTmpfs(TmpfsSpec spec) {
        return mounts.mount(spec);
    }

    @Override
    public VolumeInfo mountRamfs(RamfsSpec spec) {
        return mounts.mount(spec);
    }

    @Override
    public VolumeInfo remountTmpfs(TmpfsChange change) {
        return mounts.remount(change);
    }

    @Override
    public void unmount(String target, VolumeKind kind, boolean lazily) {
        mounts.unmount(target, kind, lazily);
    }

    @Override
    public List<ZramInfo> listZram() {
        return zrams.list();
    }

    @Override
    public ZramInfo showZram(ZramDevice device) {
        return zrams.show(device);
    }

    @Override
    public ZramInfo createZram(ZramSpec spec) {
        return zrams.create(spec);
    }

    @Override
    public ZramInfo updateZram(ZramDevice device, ZramChange change) {
        return zrams.update(device, change);
    }

    @Override
    public ZramInfo resetZram(ZramDevice device) {
        return zrams.reset(device);
    }

    @Override
    public void removeZram(ZramDevice device) {
        zrams.remove(device);
    }

    @Override
    public VolumeInfo adopt(String targetOrDevice) {
        return machine.tell(now -> {
            Optional<MountEntry> mount = now.mounts().at(targetOrDevice);
            Optional<ZramState> zram = now.zrams().stream()
                    .filter(state -> state.path().equals(targetOrDevice)
                            || (mount.isPresent()
                                    && VolumeReader.mountOf(now, state).equals(mount)))
                    .findFirst();
            if (zram.isPresent()) {
                zrams.adopt(now, zram.get());
                return reader.zram(now, zram.get(), false);
            }
            if (mount.isEmpty()) {
                throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "tmpfs, ramfs or zram device", targetOrDevice);
            }
            mounts.adopt(mount.get());
            return reader.mounted(now, mount.get(), false);
        });
    }

    /** What looks after the volumes in the background; the caller closes it. */
    public VolumeKeeper keeper(EventSink events) {
        return new VolumeKeeper(house, ownership, this, events);
    }
}
