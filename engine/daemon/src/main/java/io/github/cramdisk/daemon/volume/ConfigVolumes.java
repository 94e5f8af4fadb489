// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigImport.Found;
import io.github.cramdisk.api.config.ConfigImport.Kept;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The volumes of this engine and of this machine, as they are to be configured. Thread-safe. */
public final class ConfigVolumes {
    private final VolumeHouse house;

    public ConfigVolumes(VolumeHouse house) {
        this.house = house;
    }

    /** Those that the engine keeps beyond the next start of the machine. */
    public List<ConfigVolume> kept() {
        return house.definitions().all().stream()
                .filter(definition -> !definition.spec().temporary())
                .map(this::configured)
                .toList();
    }

    /**
     * One by its mount point or device: as the engine keeps it, else as it is now.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME}
     */
    public ConfigVolume named(String targetOrDevice) throws IOException {
        Optional<VolumeDefinition> definition = house.definitions()
                .find(known -> targetOrDevice.equals(known.target())
                        || (known.device() != null
                                && targetOrDevice.equals(known.device().toString()))
                        || (known.spec() instanceof Spec.Zram zram
                                && zram.spec().use() instanceof DeviceFilesystem filesystem
                                && filesystem.target().equals(targetOrDevice)));
        if (definition.isPresent()) {
            return configured(definition.get());
        }
        return running().volumes().stream()
                .filter(found ->
                        targetOrDevice.equals(found.volume().target()) || targetOrDevice.equals(found.origin()))
                .map(Found::volume)
                .findFirst()
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "volume", targetOrDevice));
    }

    /** All that is mounted and set up now, but for what the system itself mounts at each start. */
    public ConfigImport running() throws IOException {
        Machine machine = Machine.read(house.root());
        List<Found> found = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        for (MountEntry mount : machine.mounts().visible()) {
            boolean tmpfs = mount.type().equals("tmpfs");
            if ((tmpfs || mount.type().equals("ramfs")) && !MemoryPromises.isOfTheSystem(mount.target())) {
                try {
                    found.add(new Found(
                            tmpfs
                                    ? ConfigVolume.of(ExistingSpecs.tmpfs(mount, VolumeReader.space(mount.target())))
                                    : ConfigVolume.of(ExistingSpecs.ramfs(mount)),
                            mount.target()));
                } catch (CramdiskException | IllegalArgumentException e) {
                    kept.add(new Kept(mount.target(), mount.type(), String.valueOf(e.getMessage())));
                }
            }
        }
        for (ZramState zram : machine.zrams()) {
            String device = new ZramDevice(zram.index()).toString();
            if (!zram.initialised()) {
                continue;
            }
            Optional<ZramSpec> spec = ExistingSpecs.zram(machine, zram);
            if (spec.isPresent()) {
                found.add(new Found(ConfigVolume.of(spec.get()), device));
            } else {
                kept.add(new Kept(device, "zram", "Its filesystem is not ext4, xfs or btrfs."));
            }
        }
        return new ConfigImport(found, kept);
    }

    /** What a definition leaves to whoever asks, belongs to the user of this engine. */
    private ConfigVolume configured(VolumeDefinition definition) {
        Caller caller = house.caller();
        if (definition.spec() instanceof Spec.Tmpfs tmpfs) {
            return ConfigVolume.of(caller.isRoot() ? tmpfs.spec() : owned(tmpfs.spec(), caller));
        }
        if (definition.spec() instanceof Spec.Ramfs ramfs) {
            return ConfigVolume.of(ramfs.spec());
        }
        ZramSpec spec = ((Spec.Zram) definition.spec()).spec();
        return ConfigVolume.of(caller.isRoot() ? spec : owned(spec, caller));
    }

    private static TmpfsSpec owned(TmpfsSpec spec, Caller caller) {
        return new TmpfsSpec(
                spec.target(),
                spec.createTarget(),
                spec.size(),
                spec.inodes(),
                spec.mode(),
                spec.uid() == null ? Long.valueOf(caller.uid()) : spec.uid(),
                spec.gid() == null ? Long.valueOf(caller.gid()) : spec.gid(),
                spec.huge(),
                spec.memoryPolicy(),
                spec.noswap(),
                spec.inodeWidth(),
                spec.quota(),
                spec.casefold(),
                spec.strictEncoding(),
                spec.flags(),
                spec.temporary());
    }

    private static ZramSpec owned(ZramSpec spec, Caller caller) {
        if (!(spec.use() instanceof DeviceFilesystem filesystem)) {
            return spec;
        }
        DeviceFilesystem owned = new DeviceFilesystem(
                filesystem.type(),
                filesystem.target(),
                filesystem.createTarget(),
                filesystem.label(),
                filesystem.uuid(),
                filesystem.uid() == null ? Long.valueOf(caller.uid()) : filesystem.uid(),
                filesystem.gid() == null ? Long.valueOf(caller.gid()) : filesystem.gid(),
                filesystem.mode(),
                filesystem.flags(),
                filesystem.options(),
                filesystem.noDiscard());
        return new ZramSpec(
                spec.size(),
                spec.algorithm(),
                spec.recompression(),
                spec.memLimit(),
                owned,
                spec.backingDevice(),
                spec.schedule(),
                spec.temporary());
    }
}
