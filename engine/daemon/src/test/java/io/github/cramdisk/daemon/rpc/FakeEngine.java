// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.config.Configuration;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.volume.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An engine without disks that answers with fixed values: what is tested is the server in front of it. */
final class FakeEngine implements EngineCalls {
    static final MachineMemory MEMORY = new MachineMemory(100, 10, 10, 10, 10, 10, 50, 60, 0, 0, 5);
    static final String GREETING = "hello from a session\n";

    final AtomicInteger snapshots = new AtomicInteger();
    final CountDownLatch stopAsked = new CountDownLatch(1);
    /** Disks in each snapshot: many make it large. */
    volatile int snapshotDisks;
    /** What a trim waits for. */
    volatile CountDownLatch beforeTrim = new CountDownLatch(0);

    volatile @Nullable Configuration configuration;

    @Override
    public EngineStatus status() {
        return new EngineStatus(1, "test", 1.5, 0, "/s", "/a", "/c", "/l", 42);
    }

    @Override
    public MachineMemory memory() {
        return MEMORY;
    }

    @Override
    public List<DiskInfo> listDisks() {
        return List.of();
    }

    @Override
    public DiskInfo createDisk(DiskSpec spec) {
        return info(spec.name());
    }

    @Override
    public DiskInfo showDisk(String name) {
        if (name.equals("defect")) {
            throw new IllegalStateException("a defect");
        }
        throw new CramdiskException(ErrorKind.NO_SUCH_DISK, name);
    }

    @Override
    public DiskStats diskStats(String name) {
        return new DiskStats(info(name), new DiskStats.BlockCounts(0, 0, 0, 0, 0), List.of(), Map.of());
    }

    @Override
    public DiskInfo updateDisk(String name, DiskUpdate update) {
        return info(name);
    }

    @Override
    public DiskInfo resizeDisk(String name, ByteSize size) {
        return info(name);
    }

    @Override
    public ByteSize trimDisk(String name) {
        try {
            beforeTrim.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new ByteSize(4096);
    }

    @Override
    public DiskInfo attachDisk(String name, AttachSpec spec) {
        return info(name);
    }

    @Override
    public DiskInfo detachDisk(String name) {
        throw new CramdiskException(ErrorKind.DISK_NOT_ATTACHED, name);
    }

    @Override
    public Comparison compare(String directory) {
        throw new UnsupportedOperationException("nothing to compare here");
    }

    @Override
    public ByteSize squeezeDisk(String name) {
        return trimDisk(name);
    }

    @Override
    public DiskInfo resetDisk(String name, boolean force) {
        throw new CramdiskException(ErrorKind.DISK_IN_USE, name, force ? 1 : 2);
    }

    @Override
    public void removeDisk(String name, boolean force) {}

    @Override
    public RawSession serveDisk(String name) {
        return FakeEngine::echo;
    }

    @Override
    public List<EngineEvent> events(long afterId) {
        return List.of(EngineEvent.of(afterId + 1, 1, EventKind.OTHER, EngineEvent.Severity.INFO, null, "it is so"));
    }

    @Override
    public Snapshot snapshot() {
        List<DiskStats> disks = IntStream.range(0, snapshotDisks)
                .mapToObj(i -> diskStats("disk-" + i))
                .toList();
        return new Snapshot(snapshots.incrementAndGet(), MEMORY, disks, List.of(), List.of());
    }

    @Override
    public List<JobInfo> jobs() {
        return List.of();
    }

    @Override
    public void cancelJob(long id) {
        throw new CramdiskException(ErrorKind.NO_SUCH_JOB, id);
    }

    @Override
    public Configuration configuration() {
        return Objects.requireNonNull(configuration, "no configuration here");
    }

    @Override
    public Insight insight() {
        throw new UnsupportedOperationException("no past here");
    }

    @Override
    public Volumes volumes() {
        throw new UnsupportedOperationException("no volumes here");
    }

    @Override
    public void stop() {
        stopAsked.countDown();
    }

    private static DiskInfo info(String name) {
        return DiskInfo.ofServing(DiskSpec.of(name, ByteSize.ofKibi(4)), "nbd://" + name, 0, 0, 0, 0);
    }

    /** A session: a greeting, then everything comes back. */
    private static void echo(SocketChannel channel) {
        try (channel) {
            ByteBuffer buffer = ByteBuffer.allocate(1024);
            buffer.put(GREETING.getBytes(StandardCharsets.US_ASCII)).flip();
            do {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                buffer.clear();
            } while (Objects.requireNonNull(channel).read(buffer) >= 0
                    && buffer.flip().hasRemaining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
