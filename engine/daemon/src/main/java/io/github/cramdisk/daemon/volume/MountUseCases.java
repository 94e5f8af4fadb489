// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.MountTarget;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.TmpfsState;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.FilesystemSpace;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The use cases for tmpfs and ramfs. Thread-safe. */
final class MountUseCases {
    private static final System.Logger LOG = System.getLogger(MountUseCases.class.getName());

    private final VolumeHouse house;
    private final Ownership ownership;
    private final VolumeReader reader;
    private final MachineReads machine;
    private final Keeping keeping;

    MountUseCases(VolumeHouse house, Ownership ownership, VolumeReader reader) {
        this.house = house;
        this.ownership = ownership;
        this.reader = reader;
        this.machine = new MachineReads(house.root());
        this.keeping = new Keeping(house.definitions());
    }

    VolumeInfo mount(TmpfsSpec spec) {
        try {
            house.verbs().mountTmpfs(house.caller(), spec);
        } catch (CramdiskException e) {
            throw e.kind() == ErrorKind.KERNEL_REFUSED ? explained(e, spec) : e;
        }
        keep(VolumeDefinition.of(spec, ownership.bootId()));
        return info(VolumeKind.TMPFS, spec.target());
    }

    VolumeInfo mount(RamfsSpec spec) {
        house.verbs().mountRamfs(house.caller(), spec);
        keep(VolumeDefinition.of(spec, ownership.bootId()));
        return info(VolumeKind.RAMFS, spec.target());
    }

    /** Some kernels refuse an option that they were built without as if its value were wrong. */
    private CramdiskException explained(CramdiskException e, TmpfsSpec spec) {
        KernelSupport kernel = house.kernel().get();
        if (spec.casefold() != null && !kernel.has(KernelFeature.TMPFS_CASEFOLD)) {
            return new CramdiskException(
                    ErrorKind.NOT_SUPPORTED_BY_KERNEL, e, "the option casefold of tmpfs", kernel.release());
        }
        if (spec.quota() != null && !kernel.has(KernelFeature.TMPFS_QUOTA)) {
            return new CramdiskException(ErrorKind.NOT_SUPPORTED_BY_KERNEL, e, "quota of tmpfs", kernel.release());
        }
        return e;
    }

    private void keep(VolumeDefinition definition) {
        String target = String.valueOf(definition.target());
        VolumeKind kind = definition.spec().kind();
        keeping.keepOr(definition, () -> house.verbs().unmount(house.caller(), target, kind, false));
        LOG.log(Level.INFO, definition.title() + " was mounted");
    }

    VolumeInfo remount(TmpfsChange change) {
        // Refused before anybody is asked for a password.
        machine.tell(now -> {
            change.check(
                    state(entry(now, VolumeKind.TMPFS, change.target())),
                    now.memory().totalBytes());
            return change;
        });
        house.verbs().remountTmpfs(house.caller(), change);
        ownership
                .ofMount(VolumeKind.TMPFS.text(), change.target())
                .ifPresent(definition -> keeping.keep(definition.with(
                        new Spec.Tmpfs(((Spec.Tmpfs) definition.spec()).spec().with(change)))));
        LOG.log(Level.INFO, "tmpfs " + change.target() + " was changed");
        return info(VolumeKind.TMPFS, change.target());
    }

    /** Where this user may not look, the kernel and the verb decide. */
    private static TmpfsState state(MountEntry mount) {
        Optional<FilesystemSpace> space = VolumeReader.space(mount.target());
        return new TmpfsState(
                space.map(FilesystemSpace::sizeBytes)
                        .map(size -> size == 0 ? null : size)
                        .orElse(null),
                space.map(FilesystemSpace::usedBytes).orElse(0L),
                space.map(FilesystemSpace::inodes)
                        .map(count -> count == 0 ? null : count)
                        .orElse(null),
                space.map(FilesystemSpace::usedInodes).orElse(0L),
                mount.hasSuperOption("noswap"),
                mount.superOptions().stream().anyMatch(option -> option.contains("quota")));
    }

    void unmount(String target, VolumeKind kind, boolean lazily) {
        MountTarget.check(target);
        if (ownership.holdsDisks(target)) {
            throw new CramdiskException(ErrorKind.HOLDS_DISKS, target);
        }
        Optional<VolumeDefinition> definition = ownership.ofMount(kind.text(), target);
        try {
            house.verbs().unmount(house.caller(), target, kind, lazily);
        } catch (CramdiskException e) {
            // Somebody unmounted it already; what is asked for is that it stays so.
            if (e.kind() != ErrorKind.NO_SUCH_VOLUME || definition.isEmpty()) {
                throw e;
            }
        }
        definition.ifPresent(keeping::forget);
        LOG.log(Level.INFO, kind.text() + " " + target + " was unmounted");
    }

    /**
     * Takes it into the definitions.
     *
     * @throws CramdiskException {@link ErrorKind#CANNOT_ADOPT} what the system mounts, and what is not in memory
     */
    void adopt(MountEntry mount) {
        if (ownership.ofMount(mount.type(), mount.target()).isPresent()) {
            return;
        }
        if (MemoryPromises.isOfTheSystem(mount.target())) {
            throw new CramdiskException(
                    ErrorKind.CANNOT_ADOPT, mount.target(), "the system itself mounts it, at each start");
        }
        if (mount.type().equals(VolumeKind.TMPFS.text())) {
            keeping.keep(VolumeDefinition.of(
                    ExistingSpecs.tmpfs(mount, VolumeReader.space(mount.target())), ownership.bootId()));
        } else if (mount.type().equals(VolumeKind.RAMFS.text())) {
            keeping.keep(VolumeDefinition.of(ExistingSpecs.ramfs(mount), ownership.bootId()));
        } else {
            throw new CramdiskException(
                    ErrorKind.CANNOT_ADOPT, mount.target(), "it is a " + mount.type() + ", which is not in memory");
        }
    }

    private VolumeInfo info(VolumeKind kind, String target) {
        return machine.tell(now -> reader.mounted(now, entry(now, kind, target), false));
    }

    private static MountEntry entry(Machine machine, VolumeKind kind, String target) {
        return machine.mounts()
                .at(target)
                .filter(entry -> entry.type().equals(kind.text()))
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, kind.text(), target));
    }
}
