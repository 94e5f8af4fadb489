// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The verbs on zram devices. */
final class ZramVerbs {
    /**
     * Held while a number is given to a new device or an old one is taken away: a device that was looked at cannot become
     * another one meanwhile. Never held while the guard is asked.
     */
    private final Object numbers = new Object();

    private final Guard guard;
    private final DeviceUses uses;
    private final ZramSetup setup;
    private final ZramMaintenance upkeep;
    private final Formats formats;

    ZramVerbs(Path root, Guard guard, DeviceUses uses, Programs programs, Refusals refusals, Busy busy) {
        this.guard = guard;
        this.uses = uses;
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
            uses.enable(device.toString(), swap);
        } else if (spec.use() instanceof DeviceFilesystem filesystem && target != null) {
            formats.makeFilesystem(device.toString(), filesystem);
            mounted = uses.mount(caller, device.toString(), filesystem, target);
        }
        return new CreatedZram(device, setup.sequence(device), mounted);
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
        checkSame(seen);
        ZramDevice device = seen.device();
        uses.release(device.toString(), setup.state(device).device());
    }

    private CreatedZram identity(ZramDevice device) {
        setup.state(device);
        return new CreatedZram(device, setup.sequence(device), null);
    }
}
