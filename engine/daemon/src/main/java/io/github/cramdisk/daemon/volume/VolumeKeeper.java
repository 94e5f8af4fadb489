// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.host.zram.ZramDevices;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes the defined volumes again after a start of the machine, then watches memory limits and all of them together, on
 * a thread of its own, so that a start of the engine waits for neither; and lets the upkeep of zram devices be done.
 */
public final class VolumeKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(VolumeKeeper.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    /** All volumes are read for their limits once in so many looks: these change only when somebody changes them. */
    private static final int LOOKS_FOR_PROMISES = 5;

    private final VolumeHouse house;
    private final Recreation recreation;
    private final MemLimitWatch watch;
    private final VolumeService volumes;
    private final PromiseWatch promises;
    private final ZramUpkeeper upkeep;
    private final CountDownLatch closed = new CountDownLatch(1);

    VolumeKeeper(VolumeHouse house, Ownership ownership, VolumeService volumes, EventSink events) {
        this.house = house;
        this.recreation = new Recreation(house, ownership);
        this.watch = new MemLimitWatch(events);
        this.volumes = volumes;
        this.promises = new PromiseWatch(events);
        this.upkeep = new ZramUpkeeper(house, ownership);
    }

    public void start() {
        house.definitions()
                .broken()
                .forEach((file, reason) ->
                        LOG.log(Level.ERROR, "the definition " + file + " cannot be used: " + reason));
        Thread thread = new Thread(this::run, "volume-keeper");
        thread.setDaemon(true);
        thread.start();
        upkeep.start();
    }

    private void run() {
        try {
            recreation.run();
            for (int look = 1; !closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS); look++) {
                look(look % LOOKS_FOR_PROMISES == 0);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but the end of the process.
            Thread.currentThread().interrupt();
        }
    }

    private void look(boolean promisesToo) {
        try {
            if (promisesToo) {
                promises.look(volumes.promises());
            }
            // Most machines have no such device; then nothing else is read.
            if (new ZramDevices(house.root())
                    .all().stream().anyMatch(zram -> zram.memory().limitBytes() > 0)) {
                watch.look(Machine.read(house.root()));
            }
        } catch (IOException | CramdiskException e) {
            LOG.log(Level.DEBUG, "the volumes of this machine could not be read", e);
        } catch (RuntimeException e) {
            // At the edge of the thread: one bad reading must not end the watch.
            LOG.log(Level.ERROR, "the watch over volumes failed", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        upkeep.close();
    }
}
