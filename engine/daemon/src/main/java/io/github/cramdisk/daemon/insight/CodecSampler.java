// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.insight;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.CodecReport.State;
import io.github.cramdisk.api.insight.CodecReport.Trial;
import io.github.cramdisk.daemon.disk.Disks;
import io.github.cramdisk.store.CodecSample;
import io.github.cramdisk.store.CodecTrial;
import io.github.cramdisk.store.StoreCodec;
import io.github.cramdisk.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tries codecs on the data of disks that somebody looks at, in the background: one thread for all, which rests four times
 * as long as it works, takes {@link #MOST_PARTS} parts of a disk at most, and stops when nobody has asked for
 * {@link CodecReport#INTEREST_SECONDS}. Thread-safe.
 */
final class CodecSampler implements AutoCloseable {
    /** 4 MiB: enough to tell ratios within a few percent. */
    static final int MOST_PARTS = 64;

    private static final System.Logger LOG = System.getLogger(CodecSampler.class.getName());
    private static final int REST_TO_WORK = 4;
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int THREAD_LINGERS_SECONDS = 5;
    private static final double MEGABYTE = 1_000_000;

    /** From fast to strong, with small blocks and with large ones. */
    private static final List<CodecSpec> CODECS =
            List.of(CodecSpec.LZ4, CodecSpec.zstd(1), CodecSpec.zstd(3), CodecSpec.zstd(9));

    private static final int[] BLOCK_SIZES = {4 << 10, 64 << 10};

    private final Disks disks;
    private final BooleanSupplier onBattery;
    private final Map<String, Work> works = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor worker;

    /** What is known of one disk. Fields are guarded by the object. */
    private static final class Work {
        long askedNanos;
        boolean running;
        boolean nothing;
        long doneNanos;
        long bytes;
        List<Trial> trials = List.of();
    }

    /** @param onBattery whether the machine runs on battery now */
    CodecSampler(Disks disks, BooleanSupplier onBattery) {
        this.disks = disks;
        this.onBattery = onBattery;
        this.worker = new ThreadPoolExecutor(
                1, 1, THREAD_LINGERS_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "codec-sample");
                    thread.setDaemon(true);
                    return thread;
                });
        worker.allowCoreThreadTimeOut(true);
    }

    /** What is known now; asks for more if that is not fresh. */
    CodecReport report(DiskInfo disk) {
        forgetOthers();
        String name = disk.name();
        Work work = works.computeIfAbsent(name, unused -> new Work());
        boolean battery = onBattery.getAsBoolean();
        synchronized (work) {
            long now = System.nanoTime();
            work.askedNanos = now;
            if (disk.logicalBytes() == 0 || (work.nothing && disk.storedBytes() > 0)) {
                // Emptied, or filled since: what was found is of other data.
                work.trials = List.of();
                work.nothing = disk.logicalBytes() == 0;
                work.doneNanos = now;
            }
            boolean known = !work.trials.isEmpty() || work.nothing;
            boolean fresh = known && now - work.doneNanos < FRESH.toNanos();
            if (!fresh && !work.running && !battery && !worker.isShutdown()) {
                work.running = true;
                worker.execute(() -> run(disk, work));
            }
            State state = work.running
                    ? State.SAMPLING
                    : battery && !fresh ? State.ON_BATTERY : work.nothing ? State.EMPTY : State.READY;
            long age = work.trials.isEmpty() ? 0 : TimeUnit.NANOSECONDS.toSeconds(now - work.doneNanos);
            return new CodecReport(name, state, age, work.bytes, work.trials);
        }
    }

    private void forgetOthers() {
        works.keySet()
                .removeIf(name ->
                        disks.list().stream().noneMatch(disk -> disk.name().equals(name)));
    }

    private void run(DiskInfo disk, Work work) {
        List<CodecTrial> trials = trials(disk);
        int parts = 0;
        try (CodecSample sample = disks.sample(disk.name(), trials)) {
            while (parts < MOST_PARTS && isWanted(work) && step(sample)) {
                parts++;
            }
        } catch (StoreException e) {
            // Closed or damaged under it: what was tried until then counts.
            LOG.log(Level.DEBUG, "sampling of disk " + disk.name() + " ended early", e);
        } catch (io.github.cramdisk.api.CramdiskException e) {
            LOG.log(Level.DEBUG, "disk " + disk.name() + " is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finish(disk, work, trials, parts);
        }
    }

    /** One part, and a rest. */
    private static boolean step(CodecSample sample) throws StoreException, InterruptedException {
        long begin = System.nanoTime();
        boolean found = sample.step();
        TimeUnit.NANOSECONDS.sleep(REST_TO_WORK * (System.nanoTime() - begin));
        return found;
    }

    private static boolean isWanted(Work work) {
        synchronized (work) {
            return System.nanoTime() - work.askedNanos < TimeUnit.SECONDS.toNanos(CodecReport.INTEREST_SECONDS);
        }
    }

    private static void finish(DiskInfo disk, Work work, List<CodecTrial> trials, int parts) {
        synchronized (work) {
            work.running = false;
            work.nothing = parts == 0;
            work.doneNanos = System.nanoTime();
            work.bytes = (long) parts * CodecSample.PART_BYTES;
            work.trials = parts == 0
                    ? List.of()
                    : trials.stream().map(trial -> result(disk, trial)).toList();
        }
    }

    private static Trial result(DiskInfo disk, CodecTrial trial) {
        CodecSpec codec = codec(trial.codec());
        return new Trial(
                codec,
                trial.blockBytes(),
                trial.ratio(),
                trial.bytesPerSecond() / MEGABYTE,
                codec.equals(disk.codec()) && trial.blockBytes() == disk.blockSizeBytes());
    }

    private static CodecSpec codec(StoreCodec codec) {
        return codec.algorithm() == StoreCodec.Algorithm.LZ4 ? CodecSpec.LZ4 : CodecSpec.zstd(codec.level());
    }

    /** Those that are always tried, and what the disk is set to. */
    private static List<CodecTrial> trials(DiskInfo disk) {
        List<CodecTrial> trials = new ArrayList<>();
        boolean isTried = disk.codec().algorithm() == CodecSpec.Algorithm.NONE;
        int diskBlock = Math.toIntExact(disk.blockSizeBytes());
        for (int blockBytes : BLOCK_SIZES) {
            for (CodecSpec codec : CODECS) {
                trials.add(trial(codec, blockBytes));
                isTried |= codec.equals(disk.codec()) && blockBytes == diskBlock;
            }
        }
        if (!isTried) {
            trials.add(0, trial(disk.codec(), diskBlock));
        }
        return trials;
    }

    private static CodecTrial trial(CodecSpec codec, int blockBytes) {
        return new CodecTrial(
                codec.algorithm() == CodecSpec.Algorithm.LZ4 ? StoreCodec.LZ4 : StoreCodec.zstd(codec.level()),
                blockBytes);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
