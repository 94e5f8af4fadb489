// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskStats.BlockCounts;
import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.api.DiskStats.HistogramBucket;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.Subscription;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.api.compare.Advice;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An engine in memory that keeps definitions and the figures a test gives it, and follows the contract of the API. */
final class FakeEngine implements Engine {
    private static final MachineMemory MEMORY = new MachineMemory(1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0);

    /** Figures of one disk. */
    record Figures(long logicalBytes, long storedBytes, long residentBytes, int clients) {
        static final Figures EMPTY = new Figures(0, 0, 0, 0);
    }

    final Map<String, DiskSpec> specs = new TreeMap<>();
    final Map<String, Figures> figures = new TreeMap<>();
    final Map<String, Map<String, CommandCounts>> commands = new TreeMap<>();
    final FakeInsight insight = new FakeInsight();
    final FakeVolumes volumes = new FakeVolumes();
    final Map<String, WaitingWrites> waiting = new TreeMap<>();
    private final FakeConfiguration configuration = new FakeConfiguration();
    final List<EngineEvent> events = new ArrayList<>();
    final List<Snapshot> ticks = new ArrayList<>();
    final Map<String, AttachSpec> attached = new TreeMap<>();
    final List<JobInfo> jobs = new ArrayList<>();
    final List<Long> cancelled = new ArrayList<>();
    long trimReleases;
    boolean stopped;

    FakeEngine with(DiskSpec spec, Figures figuresOfDisk) {
        specs.put(spec.name(), spec);
        figures.put(spec.name(), figuresOfDisk);
        return this;
    }

    /** A tick for the next subscription. */
    FakeEngine tick(long timeMillis, DiskStats... disks) {
        ticks.add(new Snapshot(timeMillis, MEMORY, List.of(disks), List.of(), List.of()));
        return this;
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                4711,
                "0.1.0",
                3725.5,
                specs.size(),
                "/r/nbd.sock",
                "/dev/shm/c",
                "/home/u/.config/cramdisk",
                "/l",
                1 << 20);
    }

    @Override
    public MachineMemory memory() {
        return MEMORY;
    }

    @Override
    public List<DiskInfo> listDisks() {
        return specs.keySet().stream().map(this::showDisk).toList();
    }

    @Override
    public DiskInfo createDisk(DiskSpec spec) {
        if (specs.containsKey(spec.name())) {
            throw new CramdiskException(ErrorKind.DISK_EXISTS, spec.name());
        }
        with(spec, Figures.EMPTY);
        return showDisk(spec.name());
    }

    private DiskSpec spec(String name) {
        DiskSpec spec = specs.get(name);
        if (spec == null) {
            throw new CramdiskException(ErrorKind.NO_SUCH_DISK, name);
        }
        return spec;
    }

    private Figures figures(String name) {
        return figures.getOrDefault(name, Figures.EMPTY);
    }

    @Override
    public DiskInfo showDisk(String name) {
        DiskSpec spec = spec(name);
        Figures now = figures(name);
        DiskInfo disk = DiskInfo.ofServing(
                spec,
                "nbd+unix:///" + name + "?socket=/r/nbd.sock",
                now.logicalBytes(),
                now.storedBytes(),
                now.residentBytes(),
                now.clients());
        WaitingWrites waits = waiting.get(name);
        return disk.with(waits, attachment(name));
    }

    @Override
    public DiskStats diskStats(String name) {
        return new DiskStats(
                showDisk(name),
                new BlockCounts(100, 20, 3000, 12_345, 0),
                List.of(new HistogramBucket(512, 1000), new HistogramBucket(4096, 2000)),
                commands.getOrDefault(name, Map.of("write", new CommandCounts(1234, 5 << 20, 0))));
    }

    @Override
    public DiskInfo updateDisk(String name, DiskUpdate update) {
        specs.put(name, spec(name).with(update));
        return showDisk(name);
    }

    @Override
    public DiskInfo resizeDisk(String name, ByteSize size) {
        specs.put(name, spec(name).withSize(size));
        return showDisk(name);
    }

    @Override
    public ByteSize trimDisk(String name) {
        spec(name);
        return new ByteSize(trimReleases);
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

    @Override
    public DiskInfo attachDisk(String name, AttachSpec spec) {
        attached.put(name, spec);
        return showDisk(name);
    }

    @Override
    public DiskInfo detachDisk(String name) {
        if (attached.remove(name) == null) {
            throw new CramdiskException(ErrorKind.DISK_NOT_ATTACHED, name);
        }
        return showDisk(name);
    }

    @Override
    public Comparison compare(String directory) {
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
        spec(name);
        return new ByteSize(trimReleases);
    }

    @Override
    public DiskInfo resetDisk(String name, boolean force) {
        refuseInUse(name, force);
        figures.put(name, Figures.EMPTY);
        return showDisk(name);
    }

    @Override
    public void removeDisk(String name, boolean force) {
        spec(name);
        refuseInUse(name, force);
        specs.remove(name);
    }

    private void refuseInUse(String name, boolean force) {
        spec(name);
        if (!force && figures(name).clients() > 0) {
            throw new CramdiskException(
                    ErrorKind.DISK_IN_USE, name, figures(name).clients());
        }
    }

    @Override
    public List<EngineEvent> events(long afterId) {
        return events.stream().filter(event -> event.id() > afterId).toList();
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

    /** Delivers the ticks at once, then goes away. */
    @Override
    public Subscription subscribe(int hertz, Consumer<Snapshot> onSnapshot, Runnable onGone) {
        ticks.forEach(onSnapshot);
        onGone.run();
        return () -> {};
    }

    @Override
    public FakeConfiguration configuration() {
        return configuration;
    }

    @Override
    public Insight insight() {
        return insight;
    }

    @Override
    public Volumes volumes() {
        return volumes;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {}
}
