// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.daemon.definition.DefinitionDirectory;
import io.github.cramdisk.nbd.Export;
import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.CodecSample;
import io.github.cramdisk.store.CodecTrial;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleConsumer;

/** All disks of the engine, by name; the use cases of {@link io.github.cramdisk.api.Engine} for disks. Thread-safe. */
public final class Disks {
    /** Keeps the answer that lists all of them, with statistics, well within one line of the wire. */
    static final int MAX_DISKS = 256;

    private static final System.Logger LOG = System.getLogger(Disks.class.getName());

    private final DiskHouse house;
    private final ConcurrentMap<String, Disk> disks = new ConcurrentSkipListMap<>();
    /** Why a definition cannot be used, by the name of its disk. The file and the memory are left as they are. */
    private final ConcurrentMap<String, String> unreadable = new ConcurrentSkipListMap<>();

    public Disks(DiskHouse house) {
        this.house = house;
    }

    /**
     * Opens the disk of every definition. A broken definition or arena is logged and keeps no other disk from starting.
     *
     * @throws IOException when the definitions cannot be listed at all
     */
    public void openAll() throws IOException {
        DefinitionDirectory.Contents contents = house.definitions().load();
        contents.broken().forEach((name, reason) -> {
            LOG.log(Level.ERROR, "the definition " + house.definitions().file(name) + " cannot be used: " + reason);
            unreadable.put(name, reason);
        });
        for (DiskSpec spec : contents.disks().values()) {
            Disk disk = new Disk(house, spec);
            disks.put(spec.name(), disk);
            disk.reopen();
        }
        logOwnerless();
    }

    /** Memory without a definition is left alone: the configuration may have been moved or mistyped. */
    private void logOwnerless() throws IOException {
        for (String name : BlockStore.list(house.arenas())) {
            if (!disks.containsKey(name) && !unreadable.containsKey(name)) {
                LOG.log(
                        Level.WARNING,
                        "the memory of a disk " + name + " is in " + house.arenas()
                                + ", but it has no definition; it is kept until a disk of that name is created");
            }
        }
    }

    public List<DiskInfo> list() {
        return disks.values().stream().filter(Disk::isListed).map(Disk::info).toList();
    }

    /** The definitions of those that can be served, by name. */
    public List<DiskSpec> definitions() {
        return disks.values().stream().filter(Disk::isListed).map(Disk::spec).toList();
    }

    public List<DiskStats> listStats() {
        return disks.values().stream().filter(Disk::isListed).map(Disk::stats).toList();
    }

    /** All disks as they are now, sorted by name. */
    public List<DiskReading> readAll() {
        return disks.values().stream().filter(Disk::isListed).map(Disk::reading).toList();
    }

    /** How many disks there are. */
    public int count() {
        return (int) disks.values().stream().filter(Disk::isListed).count();
    }

    public DiskInfo create(DiskSpec spec) {
        requireReadable(spec.name());
        if (disks.size() >= MAX_DISKS) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "There are " + MAX_DISKS + " disks already. Remove one first.");
        }
        Disk disk = new Disk(house, spec);
        if (disks.putIfAbsent(spec.name(), disk) != null) {
            throw new CramdiskException(ErrorKind.DISK_EXISTS, spec.name());
        }
        boolean created = false;
        try {
            disk.create();
            created = true;
        } finally {
            if (!created) {
                disks.remove(spec.name(), disk);
            }
        }
        LOG.log(
                Level.INFO,
                "disk " + spec.name() + " was created: " + spec.size().format() + ", " + spec.codec() + ", blocks of "
                        + spec.blockSize().format());
        return disk.info();
    }

    public DiskInfo show(String name) {
        return find(name).show();
    }

    public DiskStats stats(String name) {
        return find(name).showStats();
    }

    /** How the addresses of a disk are used. */
    public DiskMap map(DiskMap.Query query) {
        return find(query.name()).map(query);
    }

    /**
     * Begins to try codecs on the data of a disk. The caller closes it; it fails when the disk is removed meanwhile.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} and others
     */
    public CodecSample sample(String name, List<CodecTrial> trials) {
        return find(name).sample(trials);
    }

    public DiskInfo update(String name, DiskUpdate update) {
        return find(name).update(update);
    }

    /**
     * Tells whether the kernel is a client of a disk: then writes to the full disk wait without end, unless the user
     * wants it otherwise, because the kernel makes EIO of every error, and that aborts the journal of a filesystem.
     */
    public void setAttached(String name, boolean attached) {
        find(name).setAttached(attached);
    }

    /** Tells whether the machine swaps to a disk: then it takes memory also when that is short. */
    public void setSwap(String name, boolean swap) {
        find(name).setSwap(swap);
    }

    /** Looks after all disks: to be called about twice a second. */
    public void look() {
        disks.values().forEach(Disk::look);
    }

    /** Memory was given back: what waits for it on any disk is tried at once. */
    private void tellRoom() {
        disks.values().forEach(Disk::tellRoom);
    }

    public DiskInfo resize(String name, ByteSize size) {
        return find(name).resize(size);
    }

    public ByteSize trim(String name) {
        ByteSize released = find(name).trim();
        tellRoom();
        return released;
    }

    /** @param progress told the share that is done, 0 to 1; what it throws ends the work */
    public ByteSize squeeze(String name, DoubleConsumer progress) {
        return find(name).squeeze(progress);
    }

    public DiskInfo reset(String name, boolean force) {
        DiskInfo disk = find(name).reset(force);
        tellRoom();
        return disk;
    }

    public void remove(String name, boolean force) {
        if (force && unreadable.containsKey(name)) {
            removeUnreadable(name);
            return;
        }
        Disk disk = find(name);
        disk.remove(force);
        disks.remove(name, disk);
        tellRoom();
    }

    /** The export of a disk, for a session of its own. */
    public Export export(String name) {
        return find(name).export();
    }

    /**
     * Closes all disks and keeps their data; called when no client is connected any more.
     *
     * @return whether nothing of any disk is in use any more
     */
    public boolean closeAll(Duration patience) throws InterruptedException {
        boolean all = true;
        for (Disk disk : disks.values()) {
            all &= disk.close(patience);
        }
        return all;
    }

    private void removeUnreadable(String name) {
        try {
            BlockStore.delete(house.arenas(), name);
            house.definitions().delete(name);
        } catch (IOException e) {
            throw StoreMapping.failure(name, e);
        }
        unreadable.remove(name);
        LOG.log(Level.INFO, "disk " + name + ", whose definition could not be used, was removed");
    }

    private Disk find(String name) {
        Disk disk = disks.get(name);
        if (disk == null || !disk.isListed()) {
            requireReadable(name);
            throw new CramdiskException(ErrorKind.NO_SUCH_DISK, name);
        }
        return disk;
    }

    private void requireReadable(String name) {
        String reason = unreadable.get(name);
        if (reason != null) {
            throw new CramdiskException(
                    ErrorKind.DEFINITION_UNUSABLE, name, house.definitions().file(name), reason);
        }
    }
}
