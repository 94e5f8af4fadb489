// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.zram.ZramDevices;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes the defined volumes again after a start of the machine, then watches memory limits and all of them together, on a thread of its own, so
 * that a start of the engine waits for neither; and lets the upkeep of zram devices be done.
 */
public final class VolumeKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(VolumeKeeper.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    /** All volumes are read for their limits once in so many looks: these change only when somebody changes them. */
    private static final int LOOKS_FOR_PROMISES = 5;

    private final VolumeHouse house;
    private final Ownership ownership;
    private final MemLimitWatch watch;
    private final VolumeService volumes;
    private final PromiseWatch promises;
    private final ZramUpkeeper upkeep;
    private final CountDownLatch closed = new CountDownLatch(1);

    VolumeKeeper(VolumeHouse house, Ownership ownership, VolumeService volumes, EventSink events) {
        this.house = house;
        this.ownership = ownership;
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
            recreate();
            for (int look = 1; !closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS); look++) {
                look(look % LOOKS_FOR_PROMISES == 0);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but the end of the process.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Makes what is defined and was made before the machine was started last. What was made since and is gone, somebody
     * took away on purpose.
     */
    void recreate() {
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
        if (definition.spec() instanceof Spec.Tmpfs tmpfs) {
            if (!isMounted(definition)) {
                house.verbs().mountTmpfs(house.caller(), tmpfs.spec());
            }
        } else if (definition.spec() instanceof Spec.Ramfs ramfs) {
            if (!isMounted(definition)) {
                house.verbs().mountRamfs(house.caller(), ramfs.spec());
            }
        } else if (definition.spec() instanceof Spec.Zram zram) {
            CreatedZram created = house.verbs().createZram(house.caller(), zram.spec());
            house.definitions().save(definition.made(ownership.bootId(), created.device(), created.sequence()));
            LOG.log(Level.INFO, "zram " + created.device() + " was made again");
            return;
        }
        house.definitions().save(definition.made(ownership.bootId(), null, 0));
        LOG.log(Level.INFO, definition.title() + " was made again");
    }

    /** Something else may have mounted it at the start of the machine, fstab(5) for example. */
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
