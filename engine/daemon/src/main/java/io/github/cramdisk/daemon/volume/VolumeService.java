// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.MountTarget;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.TmpfsState;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeList;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.FilesystemSpace;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The use cases for volumes: reads what there is, lets the verbs do what needs root, and keeps the definitions in step.
 * Thread-safe. Nothing is locked while a verb runs, because a verb may wait for a person's password.
 */
public final class VolumeService implements Volumes {
    private static final System.Logger LOG = System.getLogger(VolumeService.class.getName());

    private final VolumeHouse house;
    private final Supplier<List<DiskInfo>> disks;
    private final Ownership ownership;
    private final VolumeReader reader;
    private final ZramReader zramReader;
    private final Doctor doctor;

    /** @param disks those of the engine now */
    public VolumeService(VolumeHouse house, Supplier<List<DiskInfo>> disks) throws IOException {
        this.house = house;
        this.disks = disks;
        this.ownership = new Ownership(house);
        this.reader = new VolumeReader(house.root(), ownership);
        this.zramReader = new ZramReader(reader, ownership);
        this.doctor = new Doctor(house, ownership);
    }

    @Override
    public VolumeList list(boolean withUsers) {
        try {
            Machine machine = machine();
            List<DiskInfo> ofEngine = disks.get();
            List<VolumeInfo> volumes = reader.read(machine, ofEngine, withUsers);
            List<String> warnings = new ArrayList<>(MemoryPromises.warnings(machine, volumes, ofEngine, ownership));
            warnings.addAll(MemLimitWatch.warnings(machine));
            return new VolumeList(volumes, warnings);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What the limits of all volumes come to. */
    MemoryPromises.Sum promises() throws IOException {
        Machine machine = machine();
        List<DiskInfo> ofEngine = disks.get();
        return MemoryPromises.sum(machine, reader.read(machine, ofEngine, false), ofEngine, ownership);
    }

    @Override
    public KernelSupport kernelSupport() {
        return house.kernel().get();
    }

    @Override
    public List<Finding> doctor() {
        try {
            Machine machine = machine();
            List<DiskInfo> ofEngine = disks.get();
            return doctor.examine(
                    machine,
                    reader.read(machine, ofEngine, false),
                    ofEngine,
                    house.kernel().get());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public VolumeInfo mountTmpfs(TmpfsSpec spec) {
        try {
            house.verbs().mountTmpfs(house.caller(), spec);
        } catch (CramdiskException e) {
            throw e.kind() == ErrorKind.KERNEL_REFUSED ? explained(e, spec) : e;
        }
        keepMount(VolumeDefinition.of(spec, ownership.bootId()));
        return mounted(VolumeKind.TMPFS, spec.target());
    }

    @Override
    public VolumeInfo mountRamfs(RamfsSpec spec) {
        house.verbs().mountRamfs(house.caller(), spec);
        keepMount(VolumeDefinition.of(spec, ownership.bootId()));
        return mounted(VolumeKind.RAMFS, spec.target());
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

    /** A volume that would be gone after the next start, although it was to stay, is not left behind. */
    private void keepMount(VolumeDefinition definition) {
        boolean kept = false;
        try {
            keep(definition);
            kept = true;
        } finally {
            if (!kept) {
                house.verbs()
                        .unmount(
                                house.caller(),
                                String.valueOf(definition.target()),
                                definition.spec().kind(),
                                false);
            }
        }
        LOG.log(Level.INFO, definition.title() + " was mounted");
    }

    private void keep(VolumeDefinition definition) {
        try {
            house.definitions().save(definition);
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.CONFIG_UNWRITABLE, e, house.definitions().file(definition), e.toString());
        }
    }

    private void forget(VolumeDefinition definition) {
        try {
            house.definitions().delete(definition);
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.CONFIG_UNWRITABLE, e, house.definitions().file(definition), e.toString());
        }
    }

    @Override
    public VolumeInfo remountTmpfs(TmpfsChange change) {
        // Refused before anybody is asked for a password.
        change.check(state(mount(VolumeKind.TMPFS, change.target())), ramBytes());
        house.verbs().remountTmpfs(house.caller(), change);
        ownership
                .ofMount(VolumeKind.TMPFS.text(), change.target())
                .ifPresent(definition -> keep(definition.with(
                        new Spec.Tmpfs(((Spec.Tmpfs) definition.spec()).spec().with(change)))));
        LOG.log(Level.INFO, "tmpfs " + change.target() + " was changed");
        return mounted(VolumeKind.TMPFS, change.target());
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

    @Override
    public void unmount(String target, VolumeKind kind, boolean lazily) {
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
        definition.ifPresent(this::forget);
        LOG.log(Level.INFO, kind.text() + " " + target + " was unmounted");
    }

    @Override
    public List<ZramInfo> listZram() {
        try {
            Machine machine = machine();
            List<ZramInfo> devices = new ArrayList<>();
            for (ZramState zram : machine.zrams()) {
                devices.add(zramReader.read(machine, zram, false));
            }
            return devices;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public ZramInfo showZram(ZramDevice device) {
        try {
            Machine machine = machine();
            return zramReader.read(machine, state(machine, device), true);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public ZramInfo createZram(ZramSpec spec) {
        CreatedZram created = house.verbs().createZram(house.caller(), spec);
        VolumeDefinition definition =
                VolumeDefinition.of(spec, ownership.bootId(), created.device(), created.sequence());
        boolean kept = false;
        try {
            keep(definition);
            kept = true;
        } finally {
            if (!kept) {
                house.verbs().removeZram(house.caller(), created.device());
            }
        }
        LOG.log(Level.INFO, definition.title() + " was created");
        return showZram(created.device());
    }

    @Override
    public ZramInfo updateZram(ZramDevice device, ZramChange change) {
        Optional<VolumeDefinition> definition = definition(device);
        boolean schedules = change.schedule() != null || change.removeSchedule();
        if (schedules && definition.isEmpty()) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    device + " is not kept by this engine, which so has no schedule for it. Let it be kept first:"
                            + " cramdisk adopt " + device);
        }
        // Refused before anybody is asked for a password.
        Optional<VolumeDefinition> changed = definition.map(known ->
                known.with(new Spec.Zram(((Spec.Zram) known.spec()).spec().with(change))));
        if (change.touchesDevice()) {
            house.verbs().changeZram(house.caller(), device, change);
        }
        changed.ifPresent(this::keep);
        return showZram(device);
    }

    @Override
    public ZramInfo resetZram(ZramDevice device) {
        Optional<VolumeDefinition> definition = definition(device);
        Optional<ZramSpec> again =
                definition.map(known -> ((Spec.Zram) known.spec()).spec()).or(() -> existing(device));
        CreatedZram reset = house.verbs().resetZram(house.caller(), device, again.orElse(null));
        definition.ifPresent(known -> keep(known.made(ownership.bootId(), reset.device(), reset.sequence())));
        LOG.log(Level.INFO, "zram " + device + " was reset");
        return showZram(reset.device());
    }

    private Optional<ZramSpec> existing(ZramDevice device) {
        try {
            Machine machine = machine();
            ZramState zram = state(machine, device);
            return zram.initialised() ? ExistingSpecs.zram(machine, zram) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void removeZram(ZramDevice device) {
        Optional<VolumeDefinition> definition = definition(device);
        house.verbs().removeZram(house.caller(), device);
        definition.ifPresent(this::forget);
        LOG.log(Level.INFO, "zram " + device + " was removed");
    }

    @Override
    public VolumeInfo adopt(String targetOrDevice) {
        try {
            Machine machine = machine();
            Optional<MountEntry> mount = machine.mounts().at(targetOrDevice);
            Optional<ZramState> zram = machine.zrams().stream()
                    .filter(state -> state.path().equals(targetOrDevice)
                            || (mount.isPresent()
                                    && VolumeReader.mountOf(machine, state).equals(mount)))
                    .findFirst();
            if (zram.isPresent()) {
                adoptZram(machine, zram.get());
                return reader.zram(machine, zram.get(), false);
            }
            if (mount.isEmpty()) {
                throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "tmpfs, ramfs or zram device", targetOrDevice);
            }
            adoptMount(mount.get());
            return reader.mounted(machine, mount.get(), false);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void adoptZram(Machine machine, ZramState zram) {
        if (ownership.ofZram(zram).isPresent()) {
            return;
        }
        ZramSpec spec = zram.initialised() ? ExistingSpecs.zram(machine, zram).orElse(null) : null;
        if (spec == null) {
            throw new CramdiskException(
                    ErrorKind.CANNOT_ADOPT,
                    zram.path(),
                    zram.initialised() ? "its filesystem is not ext4, xfs or btrfs" : "it is not set up");
        }
        keep(VolumeDefinition.of(
                spec, ownership.bootId(), new ZramDevice(zram.index()), Math.max(0, ownership.sequence(zram.index()))));
    }

    private void adoptMount(MountEntry mount) {
        if (ownership.ofMount(mount.type(), mount.target()).isPresent()) {
            return;
        }
        if (MemoryPromises.isOfTheSystem(mount.target())) {
            throw new CramdiskException(
                    ErrorKind.CANNOT_ADOPT, mount.target(), "the system itself mounts it, at each start");
        }
        if (mount.type().equals(VolumeKind.TMPFS.text())) {
            keep(VolumeDefinition.of(
                    ExistingSpecs.tmpfs(mount, VolumeReader.space(mount.target())), ownership.bootId()));
        } else if (mount.type().equals(VolumeKind.RAMFS.text())) {
            keep(VolumeDefinition.of(ExistingSpecs.ramfs(mount), ownership.bootId()));
        } else {
            throw new CramdiskException(
                    ErrorKind.CANNOT_ADOPT, mount.target(), "it is a " + mount.type() + ", which is not in memory");
        }
    }

    private Optional<VolumeDefinition> definition(ZramDevice device) {
        try {
            return ownership.ofZram(state(machine(), device));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private VolumeInfo mounted(VolumeKind kind, String target) {
        try {
            Machine machine = machine();
            return reader.mounted(machine, mount(machine, kind, target), false);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private MountEntry mount(VolumeKind kind, String target) {
        try {
            return mount(machine(), kind, target);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static MountEntry mount(Machine machine, VolumeKind kind, String target) {
        return machine.mounts()
                .at(target)
                .filter(entry -> entry.type().equals(kind.text()))
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, kind.text(), target));
    }

    private static ZramState state(Machine machine, ZramDevice device) {
        return machine.zrams().stream()
                .filter(zram -> zram.index() == device.number())
                .findFirst()
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "zram device", device));
    }

    private long ramBytes() {
        try {
            return machine().memory().totalBytes();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Machine machine() throws IOException {
        return Machine.read(house.root());
    }

    private static CramdiskException unreadable(IOException e) {
        return new CramdiskException(
                ErrorKind.INTERNAL, e, "the volumes of this machine cannot be read (" + e.getMessage() + ")");
    }

    /** What looks after the volumes in the background; the caller closes it. */
    public VolumeKeeper keeper(EventSink events) {
        return new VolumeKeeper(house, ownership, this, events);
    }
}
