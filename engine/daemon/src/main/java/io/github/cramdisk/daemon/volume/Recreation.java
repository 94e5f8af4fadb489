// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Makes the defined volumes again after a start of the machine. What the configuration of the machine has made already
 * (fstab, units, zram-generator), is taken as it is.
 */
final class Recreation {
    private static final System.Logger LOG = System.getLogger(Recreation.class.getName());

    private final VolumeHouse house;
    private final Ownership ownership;

    Recreation(VolumeHouse house, Ownership ownership) {
        this.house = house;
        this.ownership = ownership;
    }

    /**
     * Makes what is defined and was made before the machine was started last. What was made since and is gone, somebody
     * took away on purpose. Never throws.
     */
    void run() {
        for (VolumeDefinition definition : house.definitions().all()) {
            if (!ownership.isOfThisBoot(definition)) {
                try {
                    recreate(definition);
                } catch (CramdiskException e) {
                    LOG.log(Level.ERROR, definition.title() + " could not be made again: " + e.getMessage());
                } catch (IOException e) {
                    LOG.log(Level.ERROR, "a definition could not be written", e);
                }
            }
        }
    }

    private void recreate(VolumeDefinition definition) throws IOException {
        if (definition.spec().temporary()) {
            house.definitions().delete(definition);
            return;
        }
        if (definition.spec() instanceof Spec.Zram zram) {
            recreateZram(definition, zram.spec());
            return;
        }
        if (!isMounted(definition)) {
            if (definition.spec() instanceof Spec.Tmpfs tmpfs) {
                house.verbs().mountTmpfs(house.caller(), tmpfs.spec());
            } else if (definition.spec() instanceof Spec.Ramfs ramfs) {
                house.verbs().mountRamfs(house.caller(), ramfs.spec());
            }
        }
        house.definitions().save(definition.made(ownership.bootId(), null, 0));
        LOG.log(Level.INFO, definition.title() + " was made again");
    }

    private boolean isMounted(VolumeDefinition definition) throws IOException {
        String target = definition.target();
        return target != null
                && Machine.read(house.root())
                        .mounts()
                        .at(target)
                        .filter(mount ->
                                mount.type().equals(definition.spec().kind().text()))
                        .isPresent();
    }

    private void recreateZram(VolumeDefinition definition, ZramSpec spec) throws IOException {
        Machine machine = Machine.read(house.root());
        Optional<ZramState> there = machine.zrams().stream()
                .filter(zram -> ownership.ofZram(zram).isEmpty() && isUsedAs(machine, zram, spec))
                .findFirst();
        if (there.isPresent()) {
            int index = there.get().index();
            house.definitions()
                    .save(definition.made(ownership.bootId(), new ZramDevice(index), ownership.sequence(index)));
            LOG.log(Level.INFO, "zram " + there.get().path() + ", which the system made, is that of a definition");
            return;
        }
        CreatedZram created = house.verbs().createZram(house.caller(), spec);
        house.definitions().save(definition.made(ownership.bootId(), created.device(), created.sequence()));
        LOG.log(Level.INFO, "zram " + created.device() + " was made again");
    }

    /** Whether a device is where the wanted one is to be: at its mount point, or swap of the same size. */
    private static boolean isUsedAs(Machine machine, ZramState zram, ZramSpec spec) {
        if (spec.use() instanceof DeviceFilesystem filesystem) {
            return VolumeReader.mountOf(machine, zram)
                    .map(MountEntry::target)
                    .filter(filesystem.target()::equals)
                    .isPresent();
        }
        return spec.use() instanceof DeviceSwap
                && machine.swapOn(zram.path()).isPresent()
                && zram.sizeBytes() == spec.size().bytes();
    }
}
