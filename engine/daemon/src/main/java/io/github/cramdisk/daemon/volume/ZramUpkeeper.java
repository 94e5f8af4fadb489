// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSchedule;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import io.github.cramdisk.host.power.PowerSupply;
import io.github.cramdisk.host.zram.ZramDevices;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does the upkeep of zram devices by the schedules of their definitions, on a thread of its own, because a pass over a
 * large device takes minutes. The first pass of a device is due one interval after this engine saw it first.
 *
 * <p>What is due while the machine is on battery waits until it is not. A pass that fails is tried again at its next
 * time, and told of in the log once, until one succeeds.
 */
final class ZramUpkeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ZramUpkeeper.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

    private final VolumeHouse house;
    private final Ownership ownership;
    private final PowerSupply power;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Of each definition, by its id: when its last pass was, or when it was first seen, by {@link System#nanoTime}. */
    private final Map<String, Long> lastPass = new HashMap<>();

    private final Set<String> failing = new HashSet<>();

    ZramUpkeeper(VolumeHouse house, Ownership ownership) {
        this.house = house;
        this.ownership = ownership;
        this.power = new PowerSupply(house.root());
    }

    void start() {
        Thread thread = new Thread(this::run, "zram-upkeep");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look(System.nanoTime());
                } catch (RuntimeException e) {
                    // At the edge of the thread: one bad pass must not end the upkeep.
                    LOG.log(Level.ERROR, "the upkeep of zram devices failed", e);
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but the end of the process.
            Thread.currentThread().interrupt();
        }
    }

    /** Does what is due. */
    void look(long nowNanos) {
        Set<String> scheduled = new HashSet<>();
        for (VolumeDefinition definition : house.definitions().all()) {
            ZramSchedule schedule =
                    definition.spec() instanceof Spec.Zram zram ? zram.spec().schedule() : null;
            if (schedule != null) {
                scheduled.add(definition.id());
                if (isDue(definition, schedule, nowNanos)) {
                    device(definition).ifPresent(device -> pass(definition, device, schedule, nowNanos));
                }
            }
        }
        lastPass.keySet().retainAll(scheduled);
        failing.retainAll(scheduled);
    }

    private boolean isDue(VolumeDefinition definition, ZramSchedule schedule, long nowNanos) {
        Long last = lastPass.putIfAbsent(definition.id(), nowNanos);
        return last != null
                && nowNanos - last
                        >= Duration.ofMinutes(schedule.everyMinutes()).toNanos()
                && (schedule.onBattery() || !power.isOnBattery());
    }

    /** Empty where the device of the definition is not there now. */
    private Optional<ZramDevice> device(VolumeDefinition definition) {
        try {
            for (ZramState zram : new ZramDevices(house.root()).all()) {
                if (ownership
                        .ofZram(zram)
                        .filter(known -> known.id().equals(definition.id()))
                        .isPresent()) {
                    return Optional.of(new ZramDevice(zram.index()));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the zram devices of this machine could not be read", e);
        }
        return Optional.empty();
    }

    private void pass(VolumeDefinition definition, ZramDevice device, ZramSchedule schedule, long nowNanos) {
        lastPass.put(definition.id(), nowNanos);
        try {
            house.verbs().maintainZram(house.caller(), device, schedule.upkeep());
            failing.remove(definition.id());
            LOG.log(Level.DEBUG, "upkeep of " + device + " done");
        } catch (CramdiskException e) {
            if (failing.add(definition.id())) {
                LOG.log(Level.WARNING, "the upkeep of " + device + " was not done: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
