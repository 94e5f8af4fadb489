// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.zram.ZramState;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The use cases for zram. Thread-safe. */
final class ZramUseCases {
    private static final System.Logger LOG = System.getLogger(ZramUseCases.class.getName());

    private final VolumeHouse house;
    private final Ownership ownership;
    private final ZramReader reader;
    private final MachineReads machine;
    private final Keeping keeping;

    ZramUseCases(VolumeHouse house, Ownership ownership, VolumeReader reader) {
        this.house = house;
        this.ownership = ownership;
        this.reader = new ZramReader(reader, ownership);
        this.machine = new MachineReads(house.root());
        this.keeping = new Keeping(house.definitions());
    }

    List<ZramInfo> list() {
        return machine.tell(now -> {
            List<ZramInfo> devices = new ArrayList<>();
            for (ZramState zram : now.zrams()) {
                devices.add(reader.read(now, zram, false));
            }
            return devices;
        });
    }

    ZramInfo show(ZramDevice device) {
        return machine.tell(now -> reader.read(now, state(now, device), true));
    }

    ZramInfo create(ZramSpec spec) {
        CreatedZram created = house.verbs().createZram(house.caller(), spec);
        VolumeDefinition definition =
                VolumeDefinition.of(spec, ownership.bootId(), created.device(), created.sequence());
        keeping.keepOr(definition, () -> house.verbs().removeZram(house.caller(), created.device()));
        LOG.log(Level.INFO, definition.title() + " was created");
        return show(created.device());
    }

    ZramInfo update(ZramDevice device, ZramChange change) {
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
        changed.ifPresent(keeping::keep);
        return show(device);
    }

    ZramInfo reset(ZramDevice device) {
        Optional<VolumeDefinition> definition = definition(device);
        Optional<ZramSpec> again =
                definition.map(known -> ((Spec.Zram) known.spec()).spec()).or(() -> existing(device));
        CreatedZram reset = house.verbs().resetZram(house.caller(), device, again.orElse(null));
        definition.ifPresent(known -> keeping.keep(known.made(ownership.bootId(), reset.device(), reset.sequence())));
        LOG.log(Level.INFO, "zram " + device + " was reset");
        return show(reset.device());
    }

    private Optional<ZramSpec> existing(ZramDevice device) {
        return machine.tell(now -> {
            ZramState zram = state(now, device);
            return zram.initialised() ? ExistingSpecs.zram(now, zram) : Optional.empty();
        });
    }

    void remove(ZramDevice device) {
        Optional<VolumeDefinition> definition = definition(device);
        house.verbs().removeZram(house.caller(), device);
        definition.ifPresent(keeping::forget);
        LOG.log(Level.INFO, "zram " + device + " was removed");
    }

    /**
     * Takes it into the definitions.
     *
     * @throws CramdiskException {@link ErrorKind#CANNOT_ADOPT} what is not set up, or holds another filesystem
     */
    void adopt(Machine now, ZramState zram) {
        if (ownership.ofZram(zram).isPresent()) {
            return;
        }
        ZramSpec spec = zram.initialised() ? ExistingSpecs.zram(now, zram).orElse(null) : null;
        if (spec == null) {
            throw new CramdiskException(
                    ErrorKind.CANNOT_ADOPT,
                    zram.path(),
                    zram.initialised() ? "its filesystem is not ext4, xfs or btrfs" : "it is not set up");
        }
        keeping.keep(VolumeDefinition.of(
                spec, ownership.bootId(), new ZramDevice(zram.index()), Math.max(0, ownership.sequence(zram.index()))));
    }

    private Optional<VolumeDefinition> definition(ZramDevice device) {
        return machine.tell(now -> ownership.ofZram(state(now, device)));
    }

    private static ZramState state(Machine machine, ZramDevice device) {
        return machine.zrams().stream()
                .filter(zram -> zram.index() == device.number())
                .findFirst()
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "zram device", device));
    }
}
