// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.nbd.Export;
import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.CodecSample;
import io.github.cramdisk.store.CodecTrial;
import io.github.cramdisk.store.StoreException;
import io.github.cramdisk.store.StoreStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One disk: its definition, its store and its export, kept in step.
 *
 * <p>Thread-safe. What changes the disk runs under its lock, one at a time; {@link #info} and {@link #stats} take no
 * lock, so a long change never stops the statistics.
 */
final class Disk {
    private static final System.Logger LOG = System.getLogger(Disk.class.getName());

    /** How long a client may take to read its last answers before it is cut off. */
    private static final Duration DISCONNECT_GRACE = Duration.ofSeconds(2);

    /** What clients that list exports show; without the size, which may change. */
    private static final String DESCRIPTION = "compressed RAM disk";

    private final DiskHouse house;
    private final DiskEvents events;
    private final DiskArena arena;
    private final ReentrantLock lock = new ReentrantLock();
    private final DiskDefinition definition;
    private final DiskCondition condition;
    private final KernelUse kernel;
    private volatile @Nullable StoreStats statsBeforeReset;
    private final RoomWatch watch;

    Disk(DiskHouse house, DiskSpec spec) {
        this.house = house;
        this.definition = new DiskDefinition(house.definitions(), spec);
        this.condition = new DiskCondition(spec.name());
        this.kernel = new KernelUse(spec.name(), house);
        this.arena = new DiskArena(house, spec.name(), kernel::maySpare);
        this.events = new DiskEvents(spec.name(), house.events());
        this.watch = new RoomWatch(spec.name(), house.arenas(), house.events());
    }

    String name() {
        return spec().name();
    }

    /** Its definition. */
    DiskSpec spec() {
        return definition.spec();
    }

    boolean isListed() {
        return condition.state().isListed();
    }

    /**
     * Makes a new disk: definition, store, export, or none of them.
     *
     * @throws CramdiskException {@link ErrorKind#NOT_ENOUGH_MEMORY}, {@link ErrorKind#CONFIG_UNWRITABLE} and others
     */
    void create() {
        lock.lock();
        try {
            // Definition first: killed in between, the next engine finds a disk that is empty, not memory without an
            // owner.
            arena.deleteLeftovers();
            definition.save(spec());
            serve(arena.create(spec()));
        } finally {
            if (!condition.is(DiskState.SERVING)) {
                condition.moveTo(DiskState.REMOVED);
                definition.undo();
            }
            lock.unlock();
        }
    }

    /** Opens the disk of a definition at start: with its data if they are still there, else empty. Never throws. */
    void reopen() {
        lock.lock();
        try {
            kernel.look();
            serve(arena.exists() ? arena.open(spec()) : arena.create(spec()));
        } catch (CramdiskException e) {
            LOG.log(Level.ERROR, "disk " + name() + " cannot be served", e);
            condition.becomeUnusable(e);
            events.unusable(condition.reason());
        } catch (UncheckedIOException e) {
            // A file that cannot be mapped. The other disks must start all the same.
            LOG.log(Level.ERROR, "disk " + name() + " cannot be served", e);
            condition.becomeUnusable(
                    new CramdiskException(ErrorKind.ARENA_DAMAGED, e, name(), String.valueOf(e.getMessage())));
            events.unusable(condition.reason());
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #info}, for a disk that is still there. */
    DiskInfo show() {
        condition.requirePresent();
        return info();
    }

    /** @throws CramdiskException {@link ErrorKind#ARENA_DAMAGED} where the disk cannot be used */
    DiskStats showStats() {
        condition.requireUsable();
        return stats();
    }

    /** The disk as it is; one that cannot be used says why and shows nothing stored. */
    DiskInfo info() {
        Serving now = condition.serving();
        return info(now, now == null ? null : statsOf(now));
    }

    DiskStats stats() {
        Serving now = condition.serving();
        StoreStats stats = now == null ? null : statsOf(now);
        return DiskView.stats(info(now, stats), now, stats);
    }

    DiskReading reading() {
        Serving now = condition.serving();
        return new DiskReading(stats(), now == null ? null : now.export().counters());
    }

    DiskMap map(DiskMap.Query query) {
        BlockStore store = condition.requireServing().store();
        try {
            return StoreMapping.map(store, query);
        } catch (StoreException e) {
            throw StoreMapping.failure(name(), e);
        }
    }

    CodecSample sample(List<CodecTrial> trials) {
        return condition.requireServing().store().sample(trials, System.nanoTime());
    }

    private DiskInfo info(@Nullable Serving now, @Nullable StoreStats stats) {
        return DiskView.info(
                spec(), house.uriOf().apply(name()), now, stats, condition.problem(), kernel.attachment(now));
    }

    /** Looks whether users are to be told something, and whether the limit may fall again. Never waits. */
    void look() {
        Serving now = condition.serving();
        if (now == null || !condition.is(DiskState.SERVING)) {
            return;
        }
        long held = now.store().residentBytes();
        now.limit().fall(held);
        watch.look(new RoomWatch.Reading(
                held,
                now.store().capForDataBytes(),
                now.limit().bytes(),
                now.export().waiting() != null,
                now.export().refusedForRoom(),
                now.store().shortage(),
                kernel.patience(spec())));
    }

    /** There may be memory again; what waits is tried at once. */
    void tellRoom() {
        Serving now = condition.serving();
        if (now != null) {
            now.export().tellRoom();
        }
    }

    /** Whether the kernel is a client of the disk from now on; it decides how long writes to a full disk wait. */
    void setAttached(boolean isAttached) {
        kernel.setAttached(isAttached);
        Serving now = condition.serving();
        if (now != null) {
            now.export().setPatience(kernel.patience(spec()));
        }
    }

    /** Whether the machine swaps to the disk from now on. */
    void setSwap(boolean isSwap) {
        kernel.setSwap(isSwap);
    }

    DiskInfo update(DiskUpdate update) {
        lock.lock();
        try {
            Serving now = condition.requireServing();
            DiskSpec changed = spec().with(update);
            definition.save(changed);
            now.store().setSqueezeLevel(changed.squeeze().level());
            now.store().setCodec(StoreMapping.codec(changed.codec()));
            now.limit().change(changed);
            now.export().setReadOnly(changed.readOnly());
            definition.become(changed);
            // Also what waits already is held against it, and tried at once.
            now.export().setPatience(kernel.patience(spec()));
            return info();
        } finally {
            lock.unlock();
        }
    }

    /** @throws CramdiskException {@link ErrorKind#DISK_HOLDS_DATA_BEYOND} and others; nothing has changed then */
    DiskInfo resize(ByteSize size) {
        lock.lock();
        try {
            BlockStore store = condition.requireServing().store();
            DiskSpec before = spec();
            DiskSpec changed = before.withSize(size);
            // Definition first: killed in between, the next engine does what is left to do.
            definition.save(changed);
            boolean done = false;
            try {
                OptionalLong kept = store.resize(size.bytes());
                if (kept.isPresent()) {
                    throw new CramdiskException(
                            ErrorKind.DISK_HOLDS_DATA_BEYOND,
                            name(),
                            size.formatExact(),
                            new ByteSize(kept.getAsLong()).formatExact());
                }
                done = true;
            } catch (IOException e) {
                throw StoreMapping.failure(name(), e);
            } finally {
                if (!done) {
                    definition.save(before);
                }
            }
            definition.become(changed);
            LOG.log(Level.INFO, "disk " + name() + " has the size " + size.formatExact() + " now");
            return info();
        } finally {
            lock.unlock();
        }
    }

    ByteSize trim() {
        lock.lock();
        try {
            return new ByteSize(condition.requireServing().store().compact());
        } catch (IOException e) {
            throw StoreMapping.failure(name(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Without the lock: it takes long, and everything else may go on meanwhile. */
    ByteSize squeeze(DoubleConsumer progress) {
        SqueezeSpec now = spec().squeeze();
        int level = (now.isOn() ? now : SqueezeSpec.DEFAULT).level();
        BlockStore store = condition.requireServing().store();
        try {
            long before = store.stats().residentBytes();
            store.squeeze(level, share -> {
                progress.accept(share);
                return true;
            });
            return new ByteSize(Math.max(0, before - store.stats().residentBytes()));
        } catch (IOException e) {
            throw StoreMapping.failure(name(), e);
        }
    }

    DiskInfo reset(boolean force) {
        lock.lock();
        try {
            Serving now = condition.requireServing();
            withdraw(now, force);
            statsBeforeReset = now.store().stats();
            condition.moveTo(DiskState.RESETTING);
            try {
                disconnectClients(now);
                now.store().clear();
                serve(now.store());
                LOG.log(Level.INFO, "disk " + name() + " was reset");
                return info();
            } catch (IOException e) {
                throw StoreMapping.failure(name(), e);
            } finally {
                if (condition.is(DiskState.RESETTING)) {
                    // Not emptied: serve what is there, as if nothing had been asked.
                    serve(now.store());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes export, data and definition, in this order: killed in between, the next engine finds the disk, empty, and not
     * memory without an owner.
     *
     * @param force also where clients are connected, or the disk cannot be used
     */
    void remove(boolean force) {
        lock.lock();
        try {
            condition.requirePresent();
            Serving now = condition.serving();
            if (now != null) {
                withdraw(now, force);
            } else if (!force) {
                condition.requireUsable();
            }
            condition.moveTo(DiskState.REMOVING);
            if (now != null) {
                disconnectClients(now);
                condition.setServing(null);
                now.store().destroy();
            }
            arena.delete();
            house.definitions().delete(name());
            condition.moveTo(DiskState.REMOVED);
            LOG.log(Level.INFO, "disk " + name() + " was removed");
        } catch (IOException e) {
            throw StoreMapping.failure(name(), e);
        } finally {
            if (condition.is(DiskState.REMOVING)) {
                condition.becomeUnusable(
                        new CramdiskException(ErrorKind.ARENA_DAMAGED, name(), "its removal was not finished"));
            }
            lock.unlock();
        }
    }

    /**
     * Closes the store and keeps everything. Called when the NBD server has ended all sessions.
     *
     * @param patience how long to wait for a change that is under way; what it holds open is left to the kernel then
     * @return whether nothing of the disk is in use any more
     */
    boolean close(Duration patience) throws InterruptedException {
        if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(Level.WARNING, "disk " + name() + " is busy and was not closed; its data stay all the same");
            return false;
        }
        try {
            if (!condition.is(DiskState.SERVING) && !condition.is(DiskState.UNUSABLE)) {
                return true;
            }
            condition.moveTo(DiskState.CLOSED);
            Serving now = condition.serving();
            condition.setServing(null);
            if (now != null) {
                now.store().close();
            }
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "disk " + name() + " could not be closed; its data stay all the same", e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The export, for a session of its own. */
    Export export() {
        return condition.requireServing().export();
    }

    /** A store that is being emptied does not answer until it is, so the numbers from before stand in. */
    private StoreStats statsOf(Serving now) {
        StoreStats before = statsBeforeReset;
        return condition.is(DiskState.RESETTING) && before != null
                ? before
                : now.store().stats();
    }

    /** Offers the store to NBD clients. */
    private void serve(BlockStore store) {
        Serving before = condition.serving();
        EffectiveLimit limit =
                new EffectiveLimit(spec(), kernel::maySpare, store::setRamLimitBytes, events, store.residentBytes());
        Export export = new Export(name(), DESCRIPTION, spec().readOnly(), new StoreBlockDevice(store, limit, events));
        export.setPatience(kernel.patience(spec()));
        condition.setServing(
                new Serving(store, export, limit, before == null ? CommandTotals.NONE : before.commands()));
        house.exports().add(export);
        house.squeezing().add(store);
        condition.moveTo(DiskState.SERVING);
    }

    /** Takes the disk from NBD clients: nobody finds it any more. */
    private void withdraw(Serving now, boolean force) {
        kernel.requireDetached();
        if (force) {
            house.exports().remove(name());
        } else if (!house.exports().removeIfIdle(name())) {
            throw new CramdiskException(
                    ErrorKind.DISK_IN_USE, name(), now.export().clients());
        }
    }

    private void disconnectClients(Serving now) {
        try {
            now.export().disconnectClients(DISCONNECT_GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CramdiskException(
                    ErrorKind.INTERNAL, e, "interrupted while the clients of disk " + name() + " were disconnected");
        }
    }
}
