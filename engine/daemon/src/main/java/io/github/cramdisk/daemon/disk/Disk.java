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
import io.github.cramdisk.api.attach.Attachment;
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
    private volatile DiskState state = DiskState.OPENING;
    private volatile DiskSpec spec;
    private volatile @Nullable Serving serving;
    private volatile String problem = "";
    private volatile @Nullable StoreStats statsBeforeReset;
    /** Whether the kernel is a client, so that a refused write would abort the journal of a filesystem. */
    private volatile boolean attached;

    private volatile boolean swap;

    private final RoomWatch watch;

    Disk(DiskHouse house, DiskSpec spec) {
        this.house = house;
        this.spec = spec;
        this.arena = new DiskArena(house, spec.name(), this::maySpare);
        this.events = new DiskEvents(spec.name(), house.events());
        this.watch = new RoomWatch(spec.name(), house.arenas(), house.events());
    }

    String name() {
        return spec.name();
    }

    boolean isListed() {
        return state.isListed();
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
            saveDefinition(spec);
            serve(arena.create(spec));
        } finally {
            if (state != DiskState.SERVING) {
                state = state.moveTo(DiskState.REMOVED);
                undoDefinition();
            }
            lock.unlock();
        }
    }

    /** Opens the disk of a definition at start: with its data if they are still there, else empty. Never throws. */
    void reopen() {
        lock.lock();
        try {
            Attachment attachment = house.attachmentOf().apply(name());
            attached = attachment != null;
            swap = attachment != null && attachment.swap();
            serve(arena.exists() ? arena.open(spec) : arena.create(spec));
        } catch (CramdiskException e) {
            LOG.log(Level.ERROR, "disk " + name() + " cannot be served", e);
            becomeUnusable(e);
            events.unusable(problem);
        } catch (UncheckedIOException e) {
            // A file that cannot be mapped. The other disks must start all the same.
            LOG.log(Level.ERROR, "disk " + name() + " cannot be served", e);
            becomeUnusable(new CramdiskException(ErrorKind.ARENA_DAMAGED, e, name(), String.valueOf(e.getMessage())));
            events.unusable(problem);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #info}, for a disk that is still there. */
    DiskInfo show() {
        requirePresent();
        return info();
    }

    /** @throws CramdiskException {@link ErrorKind#ARENA_DAMAGED} where the disk cannot be used */
    DiskStats showStats() {
        requireUsable();
        return stats();
    }

    /** The disk as it is; one that cannot be used says why and shows nothing stored. */
    DiskInfo info() {
        Serving now = serving;
        return info(now, now == null ? null : statsOf(now));
    }

    DiskStats stats() {
        Serving now = serving;
        StoreStats stats = now == null ? null : statsOf(now);
        return DiskView.stats(info(now, stats), now, stats);
    }

    DiskReading reading() {
        Serving now = serving;
        return new DiskReading(stats(), now == null ? null : now.export().counters());
    }

    DiskMap map(DiskMap.Query query) {
        BlockStore store = requireServing().store();
        try {
            return StoreMapping.map(store, query);
        } catch (StoreException e) {
            throw StoreMapping.failure(name(), e);
        }
    }

    CodecSample sample(List<CodecTrial> trials) {
        return requireServing().store().sample(trials, System.nanoTime());
    }

    private DiskInfo info(@Nullable Serving now, @Nullable StoreStats stats) {
        return DiskView.info(spec, house.uriOf().apply(name()), now, stats, problemNow(), attachment(now));
    }

    /** An attached disk without a client has lost its connection: the kernel's is always there. */
    private @Nullable Attachment attachment(@Nullable Serving now) {
        Attachment attachment = house.attachmentOf().apply(name());
        boolean connected = now != null && now.export().clients() > 0;
        return attachment == null || connected ? attachment : attachment.withState(Attachment.State.RECONNECTING);
    }

    /** Not even by force: the kernel would turn every request into an error, and a filesystem would be torn. */
    private void requireDetached() {
        Attachment attachment = house.attachmentOf().apply(name());
        if (attachment != null) {
            throw new CramdiskException(ErrorKind.DISK_ATTACHED, name(), attachment.device(), attachment.useText());
        }
    }

    /** Looks whether users are to be told something, and whether the limit may fall again. Never waits. */
    void look() {
        Serving now = serving;
        if (now == null || state != DiskState.SERVING) {
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
                patience()));
    }

    /** There may be memory again; what waits is tried at once. */
    void tellRoom() {
        Serving now = serving;
        if (now != null) {
            now.export().tellRoom();
        }
    }

    /** Whether the kernel is a client of the disk from now on; it decides how long writes to a full disk wait. */
    void setAttached(boolean isAttached) {
        attached = isAttached;
        Serving now = serving;
        if (now != null) {
            now.export().setPatience(patience());
        }
    }

    /** Whether the machine swaps to the disk from now on. */
    void setSwap(boolean isSwap) {
        swap = isSwap;
    }

    /**
     * Whether the disk may take memory. What the machine swaps out it always may: that comes just when memory is short, and
     * frees more than it takes.
     */
    private boolean maySpare(long bytes) {
        return swap || house.gate().allows(bytes);
    }

    private @Nullable Duration patience() {
        return spec.whenFull().fullWait().patience(attached);
    }

    DiskInfo update(DiskUpdate update) {
        lock.lock();
        try {
            Serving now = requireServing();
            DiskSpec changed = spec.with(update);
            saveDefinition(changed);
            now.store().setSqueezeLevel(changed.squeeze().level());
            now.store().setCodec(StoreMapping.codec(changed.codec()));
            now.limit().change(changed);
            now.export().setReadOnly(changed.readOnly());
            spec = changed;
            // Also what waits already is held against it, and tried at once.
            now.export().setPatience(patience());
            return info();
        } finally {
            lock.unlock();
        }
    }

    /** @throws CramdiskException {@link ErrorKind#DISK_HOLDS_DATA_BEYOND} and others; nothing has changed then */
    DiskInfo resize(ByteSize size) {
        lock.lock();
        try {
            BlockStore store = requireServing().store();
            DiskSpec before = spec;
            DiskSpec changed = before.withSize(size);
            // Definition first: killed in between, the next engine does what is left to do.
            saveDefinition(changed);
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
                    saveDefinition(before);
                }
            }
            spec = changed;
            LOG.log(Level.INFO, "disk " + name() + " has the size " + size.formatExact() + " now");
            return info();
        } finally {
            lock.unlock();
        }
    }

    ByteSize trim() {
        lock.lock();
        try {
            return new ByteSize(requireServing().store().compact());
        } catch (IOException e) {
            throw StoreMapping.failure(name(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Without the lock: it takes long, and everything else may go on meanwhile. */
    ByteSize squeeze(DoubleConsumer progress) {
        SqueezeSpec now = spec.squeeze();
        int level = (now.isOn() ? now : SqueezeSpec.DEFAULT).level();
        BlockStore store = requireServing().store();
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
            Serving now = requireServing();
            withdraw(now, force);
            statsBeforeReset = now.store().stats();
            state = state.moveTo(DiskState.RESETTING);
            try {
                disconnectClients(now);
                now.store().clear();
                serve(now.store());
                LOG.log(Level.INFO, "disk " + name() + " was reset");
                return info();
            } catch (IOException e) {
                throw StoreMapping.failure(name(), e);
            } finally {
                if (state == DiskState.RESETTING) {
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
            requirePresent();
            Serving now = serving;
            if (now != null) {
                withdraw(now, force);
            } else if (!force) {
                requireUsable();
            }
            state = state.moveTo(DiskState.REMOVING);
            if (now != null) {
                disconnectClients(now);
                serving = null;
                now.store().destroy();
            }
            arena.delete();
            house.definitions().delete(name());
            state = state.moveTo(DiskState.REMOVED);
            LOG.log(Level.INFO, "disk " + name() + " was removed");
        } catch (IOException e) {
            throw StoreMapping.failure(name(), e);
        } finally {
            if (state == DiskState.REMOVING) {
                becomeUnusable(new CramdiskException(ErrorKind.ARENA_DAMAGED, name(), "its removal was not finished"));
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
            if (state != DiskState.SERVING && state != DiskState.UNUSABLE) {
                return true;
            }
            state = state.moveTo(DiskState.CLOSED);
            Serving now = serving;
            serving = null;
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
        return requireServing().export();
    }

    /** A store that is being emptied does not answer until it is, so the numbers from before stand in. */
    private StoreStats statsOf(Serving now) {
        StoreStats before = statsBeforeReset;
        return state == DiskState.RESETTING && before != null
                ? before
                : now.store().stats();
    }

    /** Offers the store to NBD clients. */
    private void serve(BlockStore store) {
        Serving before = serving;
        EffectiveLimit limit =
                new EffectiveLimit(spec, this::maySpare, store::setRamLimitBytes, events, store.residentBytes());
        Export export = new Export(name(), DESCRIPTION, spec.readOnly(), new StoreBlockDevice(store, limit, events));
        export.setPatience(patience());
        serving = new Serving(store, export, limit, before == null ? CommandTotals.NONE : before.commands());
        house.exports().add(export);
        house.squeezing().add(store);
        state = state.moveTo(DiskState.SERVING);
    }

    /** Takes the disk from NBD clients: nobody finds it any more. */
    private void withdraw(Serving now, boolean force) {
        requireDetached();
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

    DiskSpec definition() {
        return spec;
    }

    private void saveDefinition(DiskSpec definition) {
        try {
            house.definitions().save(definition);
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.CONFIG_UNWRITABLE, e, house.definitions().file(name()), e.toString());
        }
    }

    private void undoDefinition() {
        try {
            house.definitions().delete(name());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the definition of disk " + name() + ", which was not created, is left over", e);
        }
    }

    private void becomeUnusable(CramdiskException e) {
        // The sentence of ARENA_DAMAGED puts name and reason in; any other kind is a reason as it is.
        problem = e.kind() == ErrorKind.ARENA_DAMAGED && e.arguments().size() == 2
                ? e.arguments().get(1)
                : String.valueOf(e.getMessage());
        state = state.moveTo(DiskState.UNUSABLE);
    }

    private @Nullable String problemNow() {
        return state == DiskState.UNUSABLE ? ErrorKind.ARENA_DAMAGED.sentence(name(), problem) : null;
    }

    private void requirePresent() {
        if (!state.isListed()) {
            throw new CramdiskException(ErrorKind.NO_SUCH_DISK, name());
        }
    }

    private void requireUsable() {
        requirePresent();
        if (state == DiskState.UNUSABLE) {
            throw new CramdiskException(ErrorKind.ARENA_DAMAGED, name(), problem);
        }
    }

    private Serving requireServing() {
        requireUsable();
        Serving now = serving;
        if (now == null) {
            throw new CramdiskException(ErrorKind.NO_SUCH_DISK, name());
        }
        return now;
    }
}
