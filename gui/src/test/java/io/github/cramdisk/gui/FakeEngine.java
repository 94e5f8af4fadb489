// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.api.DiskStats.HistogramBucket;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.Subscription;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.api.compare.Advice;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine in memory with made-up but plausible numbers. It delivers a snapshot whenever {@link #tick} is called, so
 * that tests decide about time.
 */
public final class FakeEngine implements Engine {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    private final FakeInsight insight = new FakeInsight(this);
    private final FakeVolumes volumes = new FakeVolumes();
    private final FakeConfiguration configuration = new FakeConfiguration();
    private final List<EngineEvent> events = new ArrayList<>();
    private final TreeMap<String, Disk> disks = new TreeMap<>();
    /** How disks are attached, by their names. */
    public final Map<String, AttachSpec> attached = new ConcurrentHashMap<>();

    /** Long work, as a test has it. */
    public final List<JobInfo> jobs = new CopyOnWriteArrayList<>();

    /** What was asked to be cancelled. */
    public final List<Long> cancelled = new CopyOnWriteArrayList<>();

    /** Happens in the middle of a comparison; may refuse it. */
    public volatile Runnable whileComparing = () -> {};

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private long now = 1_790_000_000_000L;
    private long tick;
    private @Nullable CramdiskException refusal;
    private @Nullable CramdiskException attachRefusal;

    private record Listener(Consumer<Snapshot> onSnapshot, Runnable onGone) {}

    /** A disk whose numbers a test or the clock changes. */
    public static final class Disk {
        private final DiskSpec spec;
        private long logical;
        private double ratio = 2.0;
        private int clients;
        private long written;
        private long read;
        private double growth;
        private @Nullable WaitingWrites waiting;

        Disk(DiskSpec spec) {
            this.spec = spec;
        }

        public Disk holding(long bytes, double newRatio) {
            logical = bytes;
            ratio = newRatio;
            written += bytes;
            return this;
        }

        /** Its clients wait for room, until its limit is changed. */
        public Disk waiting(WaitingWrites writes) {
            waiting = writes;
            return this;
        }

        public Disk clients(int count) {
            clients = count;
            return this;
        }

        /** Makes the disk fill and drain by itself, about {@code bytes} a second. */
        public Disk busy(double bytes) {
            growth = bytes;
            return this;
        }
    }

    /** Adds a disk behind the back of the window. */
    public synchronized Disk add(DiskSpec spec) {
        Disk disk = new Disk(spec);
        disks.put(spec.name(), disk);
        return disk;
    }

    /** The next change is refused with this. */
    public synchronized void refuseNext(CramdiskException error) {
        refusal = error;
    }

    /** Half a second passes. */
    public void tick() {
        Snapshot snapshot;
        synchronized (this) {
            now += 500;
            tick++;
            int phase = 0;
            for (Disk disk : disks.values()) {
                phase++;
                double wave = Math.sin((tick + 40.0 * phase) / 37.0) + 0.5 * Math.sin((tick + 11.0 * phase) / 9.0);
                double step = disk.growth / 2 * (0.35 + wave);
                disk.logical = Math.max(0, Math.min(disk.spec.size().bytes() * 9 / 10, disk.logical + (long) step));
                disk.written += (long) Math.abs(step * (1 + Math.sin(tick / 3.0 + phase)));
                disk.read += (long) (Math.abs(disk.growth) * (2.2 + Math.sin(tick / 5.0)));
            }
            snapshot = snapshot();
        }
        listeners.forEach(listener -> listener.onSnapshot().accept(snapshot));
    }

    /** The engine dies under its clients. */
    public void die() {
        List<Listener> told = List.copyOf(listeners);
        listeners.clear();
        told.forEach(listener -> listener.onGone().run());
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(
                now, memory(), disks.values().stream().map(this::stats).toList(), volumes.now(), jobs, lastEventId());
    }

    public int subscribers() {
        return listeners.size();
    }

    private DiskStats stats(Disk disk) {
        DiskInfo info = info(disk);
        long blockBytes = info.blockSizeBytes();
        long all = info.logicalBytes() / blockBytes;
        long zero = all * 18 / 100;
        long same = all * 3 / 100;
        long raw = all * 7 / 100;
        long compressed = all - zero - same - raw;
        double[] shape = {1, 4, 9, 14, 18, 15, 11, 9, 7, 5, 3, 2, 1, 0.6, 0.3, 0.1};
        double sum = 0;
        for (double part : shape) {
            sum += part;
        }
        List<HistogramBucket> histogram = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            long blocks = (long) (compressed * shape[i] / sum) + (i == shape.length - 1 ? raw : 0);
            histogram.add(new HistogramBucket((int) (blockBytes * (i + 1) / shape.length), blocks));
        }
        return new DiskStats(
                info,
                new DiskStats.BlockCounts(zero, same, raw, compressed, 0),
                histogram,
                Map.of(
                        "read", new CommandCounts(disk.read / 4096, disk.read, 0),
                        "write", new CommandCounts(disk.written / 4096, disk.written, 0)));
    }

    private DiskInfo info(Disk disk) {
        long stored = (long) (disk.logical / disk.ratio);
        long resident = disk.logical == 0 ? 64 << 10 : stored + stored / 40 + 4 * MIB;
        DiskInfo serving = DiskInfo.ofServing(
                disk.spec,
                "nbd+unix:///" + disk.spec.name() + "?socket=/run/user/1000/cramdisk/nbd.sock",
                disk.logical,
                stored,
                resident,
                disk.clients);
        return serving.with(disk.waiting, attachment(disk.spec.name()));
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                4242,
                "0.1.0",
                12.5,
                disks.size(),
                "/run/user/1000/cramdisk/nbd.sock",
                "/dev/shm/cramdisk-1000",
                "/home/user/.config/cramdisk",
                "/home/user/.local/state/cramdisk/engine.log",
                58 * MIB);
    }

    @Override
    public synchronized MachineMemory memory() {
        long residents = disks.values().stream()
                .mapToLong(disk -> info(disk).residentBytes())
                .sum();
        long total = 24 * GIB;
        long applications = 6 * GIB + 200 * MIB + (long) (40 * MIB * Math.sin(tick / 7.0));
        long kernel = 480 * MIB;
        long shared = 310 * MIB;
        long cache = 4 * GIB + 100 * MIB;
        long free = Math.max(0, total - applications - kernel - shared - cache - residents);
        return new MachineMemory(
                total,
                applications,
                kernel,
                shared,
                residents,
                cache,
                free,
                free + cache * 9 / 10,
                8 * GIB,
                8 * GIB,
                58 * MIB);
    }

    @Override
    public synchronized List<DiskInfo> listDisks() {
        return disks.values().stream().map(this::info).toList();
    }

    @Override
    public DiskInfo createDisk(DiskSpec spec) {
        DiskInfo created;
        synchronized (this) {
            refuse();
            if (disks.containsKey(spec.name())) {
                throw new CramdiskException(ErrorKind.DISK_EXISTS, spec.name());
            }
            created = info(add(spec));
        }
        return created;
    }

    @Override
    public synchronized DiskInfo showDisk(String name) {
        return info(disk(name));
    }

    @Override
    public synchronized DiskStats diskStats(String name) {
        return stats(disk(name));
    }

    @Override
    public synchronized DiskInfo updateDisk(String name, DiskUpdate update) {
        refuse();
        Disk old = disk(name);
        Disk changed = add(old.spec.with(update));
        changed.holding(old.logical, old.ratio);
        return info(changed);
    }

    @Override
    public synchronized DiskInfo resizeDisk(String name, ByteSize size) {
        refuse();
        Disk old = disk(name);
        Disk changed = add(old.spec.withSize(size));
        changed.holding(old.logical, old.ratio);
        return info(changed);
    }

    @Override
    public ByteSize trimDisk(String name) {
        return new ByteSize(0);
    }

    private @Nullable Attachment attachment(String name) {
        AttachSpec spec = attached.get(name);
        if (spec == null) {
            return null;
        }
        DeviceFilesystem filesystem = spec.use() instanceof DeviceFilesystem found ? found : null;
        return new Attachment(
                "/dev/nbd0",
                Attachment.State.CONNECTED,
                filesystem == null ? null : filesystem.type().text(),
                filesystem == null ? null : filesystem.label(),
                null,
                filesystem == null ? null : filesystem.target(),
                List.of(),
                spec.use() instanceof DeviceSwap);
    }

    /** The next attaching or detaching is refused with this. */
    public synchronized void refuseNextAttach(CramdiskException error) {
        attachRefusal = error;
    }

    private synchronized void refuseAttach() {
        CramdiskException error = attachRefusal;
        attachRefusal = null;
        if (error != null) {
            throw error;
        }
    }

    @Override
    public DiskInfo attachDisk(String name, AttachSpec spec) {
        refuseAttach();
        attached.put(name, spec);
        return showDisk(name);
    }

    @Override
    public DiskInfo detachDisk(String name) {
        refuseAttach();
        if (attached.remove(name) == null) {
            throw new CramdiskException(ErrorKind.DISK_NOT_ATTACHED, name);
        }
        return showDisk(name);
    }

    @Override
    public Comparison compare(String directory) {
        whileComparing.run();
        return new Comparison(
                directory,
                4L << 30,
                1 << 30,
                8L << 30,
                List.of(
                        new Rival(Rival.Kind.TMPFS, null, 0, 1 << 30, 1 << 30, 2000, 4000, 900_000, 800_000),
                        new Rival(
                                Rival.Kind.TMPFS_WITH_SWAP, null, 0, 1 << 30, 640 << 20, 2000, 4000, 900_000, 800_000),
                        new Rival(
                                Rival.Kind.DISK,
                                CodecSpec.LZ4,
                                4096,
                                640 << 20,
                                450 << 20,
                                500,
                                1500,
                                200_000,
                                150_000),
                        new Rival(
                                Rival.Kind.DISK,
                                CodecSpec.zstd(3),
                                4096,
                                480 << 20,
                                430 << 20,
                                185,
                                640,
                                140_000,
                                49_000),
                        new Rival(
                                Rival.Kind.DISK,
                                CodecSpec.zstd(3),
                                65536,
                                430 << 20,
                                420 << 20,
                                200,
                                800,
                                20_000,
                                4_000)),
                new Advice(2, Advice.Reason.SAVES_MEMORY),
                Comparison.Untried.of(new CramdiskException(ErrorKind.ZRAM_NEEDS_ROOT, "me")));
    }

    @Override
    public ByteSize squeezeDisk(String name) {
        return new ByteSize(0);
    }

    @Override
    public synchronized DiskInfo resetDisk(String name, boolean force) {
        refuse();
        Disk disk = free(name, force);
        disk.logical = 0;
        disk.growth = 0;
        return info(disk);
    }

    @Override
    public synchronized void removeDisk(String name, boolean force) {
        refuse();
        free(name, force);
        disks.remove(name);
    }

    private Disk free(String name, boolean force) {
        Disk disk = disk(name);
        if (disk.clients > 0 && !force) {
            throw new CramdiskException(ErrorKind.DISK_IN_USE, name, disk.clients);
        }
        disk.clients = 0;
        return disk;
    }

    private Disk disk(String name) {
        Disk disk = disks.get(name);
        if (disk == null) {
            throw new CramdiskException(ErrorKind.NO_SUCH_DISK, name);
        }
        return disk;
    }

    private void refuse() {
        CramdiskException error = refusal;
        refusal = null;
        if (error != null) {
            throw error;
        }
    }

    @Override
    public Subscription subscribe(int hertz, Consumer<Snapshot> onSnapshot, Runnable onGone) {
        Listener listener = new Listener(onSnapshot, onGone);
        listeners.add(listener);
        onSnapshot.accept(snapshot());
        return () -> listeners.remove(listener);
    }

    /** Something happened. */
    public synchronized void happened(
            EventKind kind, EngineEvent.Severity severity, String subject, Object... arguments) {
        events.add(EngineEvent.of(lastEventId() + 1, now, kind, severity, subject, arguments));
    }

    private long lastEventId() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).id();
    }

    @Override
    public synchronized List<EngineEvent> events(long afterId) {
        return events.stream().filter(event -> event.id() > afterId).toList();
    }

    @Override
    public FakeConfiguration configuration() {
        return configuration;
    }

    @Override
    public FakeInsight insight() {
        return insight;
    }

    @Override
    public List<JobInfo> jobs() {
        return jobs;
    }

    @Override
    public void cancelJob(long id) {
        if (jobs.stream().noneMatch(job -> job.id() == id)) {
            throw new CramdiskException(ErrorKind.NO_SUCH_JOB, id);
        }
        cancelled.add(id);
    }

    @Override
    public FakeVolumes volumes() {
        return volumes;
    }

    @Override
    public void stop() {
        die();
    }

    @Override
    public void close() {}

    /** The three disks of the pictures. */
    public static FakeEngine withThreeDisks() {
        FakeEngine engine = new FakeEngine();
        engine.add(new DiskSpec(
                        "builds", ByteSize.ofGibi(4), CodecSpec.LZ4, ByteSize.ofKibi(4), ByteSize.ofGibi(2), false))
                .holding(2_900 * MIB, 2.45)
                .clients(1)
                .busy(24 * MIB);
        engine.add(new DiskSpec("photos-cache", ByteSize.ofGibi(2), CodecSpec.NONE, ByteSize.ofKibi(64), null, true))
                .holding(640 * MIB, 1.02);
        engine.add(new DiskSpec(
                        "vm-scratch",
                        ByteSize.ofGibi(8),
                        CodecSpec.zstd(3),
                        ByteSize.ofKibi(16),
                        ByteSize.ofMebi(600),
                        false))
                .holding(1_130 * MIB, 2.8)
                .clients(4)
                .busy(3 * MIB);
        return engine;
    }
}
