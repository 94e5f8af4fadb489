// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.RuntimeFiles;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.StepKind;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.config.Configuration;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.daemon.attach.Attachments;
import io.github.cramdisk.daemon.compare.Comparer;
import io.github.cramdisk.daemon.disk.Disks;
import io.github.cramdisk.daemon.event.EventHistory;
import io.github.cramdisk.daemon.job.Jobs;
import io.github.cramdisk.daemon.rpc.EngineCalls;
import io.github.cramdisk.daemon.rpc.RawSession;
import io.github.cramdisk.host.ProcessClock;
import io.github.cramdisk.host.memory.MachineMemoryReader;
import io.github.cramdisk.host.memory.MemoryUse;
import io.github.cramdisk.host.memory.ProcessMemoryReader;
import io.github.cramdisk.nbd.Export;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What the engine answers to its front ends: disks, the memory of the machine, and itself. Thread-safe. */
final class EngineService implements EngineCalls {
    private static final Path PROC = Path.of("/proc");
    private static final double MILLIS_PER_SECOND = 1000.0;

    private final RuntimeFiles files;
    private final Disks disks;
    private final Insight insight;
    private final Jobs jobs;
    private final Attachments attachments;
    private final Volumes volumes;
    private final Configuration configuration;
    private final Comparer comparer;
    private final EventHistory events;
    private final VolumesNow volumesNow;
    private final Function<Export, RawSession> sessions;
    private final Runnable stop;
    private final ProcessMemoryReader ownMemory;
    private final MachineMemoryReader machine;

    /**
     * @param sessions makes an NBD session with one export
     * @param stop begins to stop the engine and returns at once
     */
    EngineService(
            RuntimeFiles files,
            Disks disks,
            Insight insight,
            Jobs jobs,
            Attachments attachments,
            Volumes volumes,
            Configuration configuration,
            Comparer comparer,
            EventHistory events,
            Function<Export, RawSession> sessions,
            Runnable stop) {
        this.files = files;
        this.disks = disks;
        this.insight = insight;
        this.jobs = jobs;
        this.attachments = attachments;
        this.volumes = volumes;
        this.configuration = configuration;
        this.comparer = comparer;
        this.events = events;
        this.volumesNow = new VolumesNow(() -> volumes.list(false).volumes(), System::nanoTime);
        this.sessions = sessions;
        this.stop = stop;
        this.ownMemory = new ProcessMemoryReader(PROC.resolve("self"), files.arenaDirectory());
        this.machine = new MachineMemoryReader(PROC, ownMemory);
    }

    @Override
    public EngineStatus status() {
        try {
            return new EngineStatus(
                    ProcessHandle.current().pid(),
                    EngineVersion.current(),
                    ProcessClock.ageOfThisProcess(PROC).toMillis() / MILLIS_PER_SECOND,
                    disks.count(),
                    files.nbdSocket().toString(),
                    files.arenaDirectory().toString(),
                    files.configDirectory().toString(),
                    files.engineLog().toString(),
                    ownMemory.read().privateBytes());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public MachineMemory memory() {
        return memory(disks.list().stream().mapToLong(DiskInfo::residentBytes).sum());
    }

    @Override
    public Snapshot snapshot() {
        List<DiskStats> stats = disks.listStats();
        long resident =
                stats.stream().mapToLong(disk -> disk.info().residentBytes()).sum();
        return new Snapshot(
                System.currentTimeMillis(), memory(resident), stats, volumesNow.get(), jobs.list(), events.lastId());
    }

    private MachineMemory memory(long disksBytes) {
        try {
            MemoryUse use = machine.read(disksBytes);
            return new MachineMemory(
                    use.totalBytes(),
                    use.applicationsBytes(),
                    use.kernelBytes(),
                    use.sharedBytes(),
                    use.disksBytes(),
                    use.cacheBytes(),
                    use.freeBytes(),
                    use.availableBytes(),
                    use.swapTotalBytes(),
                    use.swapFreeBytes(),
                    use.engineBytes());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static CramdiskException unreadable(IOException e) {
        return new CramdiskException(ErrorKind.INTERNAL, e, "the memory of this machine cannot be read (" + e + ")");
    }

    @Override
    public List<DiskInfo> listDisks() {
        return disks.list();
    }

    @Override
    public DiskInfo createDisk(DiskSpec spec) {
        return disks.create(spec);
    }

    @Override
    public DiskInfo showDisk(String name) {
        return disks.show(name);
    }

    @Override
    public DiskStats diskStats(String name) {
        return disks.stats(name);
    }

    @Override
    public DiskInfo updateDisk(String name, DiskUpdate update) {
        return disks.update(name, update);
    }

    @Override
    public DiskInfo resizeDisk(String name, ByteSize size) {
        return jobs.run(JobKind.RESIZE, name, Jobs.Cancelling.IGNORED, job -> attachments.resize(name, size, job));
    }

    @Override
    public ByteSize trimDisk(String name) {
        disks.show(name);
        return jobs.run(JobKind.TRIM, name, Jobs.Cancelling.IGNORED, job -> {
            job.step(StepKind.COMPACTING);
            return disks.trim(name);
        });
    }

    @Override
    public Comparison compare(String directory) {
        return jobs.run(
                JobKind.COMPARE,
                directory,
                Jobs.Cancelling.HEEDED,
                job -> comparer.compare(directory, memory().availableBytes(), job));
    }

    @Override
    public ByteSize squeezeDisk(String name) {
        disks.show(name);
        return jobs.run(
                JobKind.SQUEEZE,
                name,
                Jobs.Cancelling.HEEDED,
                job -> disks.squeeze(name, share -> job.step(share, StepKind.SQUEEZING)));
    }

    @Override
    public List<JobInfo> jobs() {
        return jobs.list();
    }

    @Override
    public void cancelJob(long id) {
        jobs.cancel(id);
    }

    @Override
    public DiskInfo attachDisk(String name, AttachSpec spec) {
        return jobs.run(JobKind.ATTACH, name, Jobs.Cancelling.HEEDED, job -> attachments.attach(name, spec, job));
    }

    @Override
    public DiskInfo detachDisk(String name) {
        return jobs.run(JobKind.DETACH, name, Jobs.Cancelling.IGNORED, job -> attachments.detach(name, job));
    }

    @Override
    public DiskInfo resetDisk(String name, boolean force) {
        return disks.reset(name, force);
    }

    @Override
    public void removeDisk(String name, boolean force) {
        disks.remove(name, force);
    }

    @Override
    public RawSession serveDisk(String name) {
        return sessions.apply(disks.export(name));
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public Insight insight() {
        return insight;
    }

    @Override
    public List<EngineEvent> events(long afterId) {
        return events.after(afterId);
    }

    @Override
    public Volumes volumes() {
        return volumes;
    }

    @Override
    public void stop() {
        stop.run();
    }
}
