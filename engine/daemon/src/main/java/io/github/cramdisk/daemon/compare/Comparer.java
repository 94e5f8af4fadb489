// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.compare;

import com.sun.nio.file.ExtendedOpenOption;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.StepKind;
import io.github.cramdisk.api.compare.Advice;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.daemon.job.Job;
import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.MemoryGate;
import io.github.cramdisk.store.StoreCodec;
import io.github.cramdisk.store.StoreGeometry;
import io.github.cramdisk.store.StoreSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Takes a sample of a directory through tmpfs, zram and disks of several settings, one after the other. One comparison at a
 * time; others wait. Leaves nothing behind, be it cancelled or the engine stopped. The files that a killed engine left are
 * removed by the next one; a zram device that was being tried stays, and is listed as every other. Thread-safe.
 */
public final class Comparer implements AutoCloseable {
    /** Level with which what is left alone is squeezed. */
    private static final int SQUEEZE_LEVEL = 9;
    /** So much of a disk is squeezed to tell how small the whole would become. */
    private static final long SQUEEZED_BYTES = 64L << 20;
    /** After so long a comparison that waits for another looks whether it is still wanted. */
    private static final Duration PATIENCE = Duration.ofMillis(100);
    /** Pieces take milliseconds; who closes does not wait longer for the last one. */
    private static final Duration CLOSING_AT_MOST = Duration.ofSeconds(1);

    private static final List<Setting> DISKS = List.of(
            new Setting(CodecSpec.LZ4, StoreCodec.LZ4, 4 << 10),
            new Setting(CodecSpec.zstd(3), StoreCodec.zstd(3), 4 << 10),
            new Setting(CodecSpec.zstd(3), StoreCodec.zstd(3), 64 << 10));
    /** Sample, tmpfs, zram, disks. */
    private static final double STEPS = 3 + DISKS.size();

    /** How a disk is set. */
    private record Setting(CodecSpec codec, StoreCodec storeCodec, int blockBytes) {
        String blocks() {
            return new ByteSize(blockBytes).formatExact();
        }
    }

    /**
     * Where a comparison is made.
     *
     * @param arenas a tmpfs
     * @param mayMakeZram whether this process may make devices and open them
     */
    public record Place(Path arenas, MemoryGate gate, Volumes volumes, boolean mayMakeZram) {}

    private final Place place;
    private final Path scratch;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closed;

    /** Removes what an engine that was killed amid a comparison has left. */
    public Comparer(Place place) {
        this.place = place;
        this.scratch = place.arenas().resolve("comparison");
        removeQuietly(scratch);
    }

    /**
     * Compares; takes less than a minute for a sample of 1 GiB.
     *
     * @param directory absolute path
     * @param availableBytes memory that the machine has available
     * @param job told how far it is
     * @throws CramdiskException {@link ErrorKind#INVALID_DIRECTORY}; {@link ErrorKind#NOTHING_TO_COMPARE}; {@link
     *     ErrorKind#NOT_ENOUGH_MEMORY}; {@link ErrorKind#CANCELLED}
     */
    public Comparison compare(String directory, long availableBytes, Job job) {
        Path path = Path.of(directory);
        if (!path.isAbsolute() || !Files.isDirectory(path)) {
            throw new CramdiskException(ErrorKind.INVALID_DIRECTORY, directory);
        }
        awaitTurn(path, job);
        try {
            removeAll(scratch);
            Files.createDirectory(scratch);
            return compare(path, availableBytes, job);
        } catch (IOException e) {
            throw new CramdiskException(ErrorKind.NOT_ENOUGH_MEMORY, e, String.valueOf(e.getMessage()));
        } finally {
            removeQuietly(scratch);
            running.unlock();
        }
    }

    /** Ends the comparison under way, if there is one; later ones end at once. */
    @Override
    public void close() {
        closed = true;
        try {
            if (running.tryLock(CLOSING_AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                running.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        removeQuietly(scratch);
    }

    private void awaitTurn(Path directory, Job job) {
        try {
            do {
                tell(job, 0, StepKind.LOOKING_FOR_FILES, directory.toString());
            } while (!running.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CramdiskException(ErrorKind.CANCELLED, e, StepKind.LOOKING_FOR_FILES.clause(directory));
        }
    }

    /** @throws CramdiskException {@link ErrorKind#CANCELLED} when the job or the engine was asked to end */
    private void tell(Job job, double done, StepKind kind, String... arguments) {
        job.step(done, kind, arguments);
        if (closed) {
            throw new CramdiskException(ErrorKind.CANCELLED, kind.clause((Object[]) arguments));
        }
    }

    private Comparison compare(Path directory, long available, Job job) throws IOException {
        FolderSample folder =
                new FolderSample(directory, () -> tell(job, 0, StepKind.LOOKING_FOR_FILES, directory.toString()));
        long most = Comparison.mostMemoryBytes(available) / 2;
        try (FileChannel sample = create(scratch.resolve("sample"))) {
            long bytes = folder.copyTo(
                    sample,
                    most,
                    Race.newPiece(),
                    done -> tell(job, done / STEPS, StepKind.READING_FILES, directory.toString()));
            if (bytes == 0) {
                throw new CramdiskException(
                        ErrorKind.NOTHING_TO_COMPARE, directory, new ByteSize(Race.PIECE_BYTES).formatExact());
            }
            Race race = new Race(sample, bytes);
            List<Rival> rivals = new ArrayList<>();
            rivals.add(tmpfs(race, step(job, 1, StepKind.TRYING_TMPFS)));
            Comparison.Untried withoutZram = null;
            try {
                rivals.add(zram(race, bytes, step(job, 2, StepKind.TRYING_ZRAM)));
            } catch (CramdiskException e) {
                if (e.kind() == ErrorKind.CANCELLED) {
                    throw e;
                }
                withoutZram = Comparison.Untried.of(e);
            }
            int disks = rivals.size();
            for (int i = 0; i < DISKS.size(); i++) {
                Setting setting = DISKS.get(i);
                rivals.add(disk(
                        race,
                        bytes,
                        setting,
                        step(job, 3 + i, StepKind.TRYING_DISK, setting.codec().toString(), setting.blocks())));
            }
            rivals.add(1, swapped(rivals.get(0), rivals.get(disks)));
            return new Comparison(
                    directory.toString(),
                    folder.filesBytes(),
                    bytes,
                    available,
                    rivals,
                    Advice.of(rivals, folder.filesBytes(), available),
                    withoutZram);
        }
    }

    private Race.Progress step(Job job, int number, StepKind kind, String... arguments) {
        return done -> tell(job, (number + done) / STEPS, kind, arguments);
    }

    private Rival tmpfs(Race race, Race.Progress progress) throws IOException {
        Path file = scratch.resolve("file");
        try (Tried tried = new TriedFile(create(file), race::sampleBytes, () -> removeQuietly(file))) {
            return race.run(tried, progress).asRival(Rival.Kind.TMPFS, null, 0, race.sampleBytes());
        }
    }

    /** As fast as a tmpfs while it is in memory; and what zram makes of its pages is what lz4 in blocks of 4 KiB makes. */
    private static Rival swapped(Rival tmpfs, Rival fastDisk) {
        return new Rival(
                Rival.Kind.TMPFS_WITH_SWAP,
                null,
                0,
                tmpfs.memoryBytes(),
                Math.min(tmpfs.memoryBytes(), fastDisk.memoryBytes()),
                tmpfs.writeMegabytesPerSecond(),
                tmpfs.readMegabytesPerSecond(),
                tmpfs.randomReadsPerSecond(),
                tmpfs.randomWritesPerSecond());
    }

    private Rival zram(Race race, long bytes, Race.Progress progress) {
        if (!place.mayMakeZram()) {
            throw new CramdiskException(ErrorKind.ZRAM_NEEDS_ROOT, System.getProperty("user.name"));
        }
        ZramSpec spec = new ZramSpec(new ByteSize(bytes), ZramAlgorithm.of("lz4"), List.of(), null, null, true);
        ZramDevice device = ZramDevice.parse(place.volumes().createZram(spec).device());
        LongSupplier memory = () -> place.volumes().showZram(device).stats().memoryBytes();
        try (Tried tried =
                new TriedFile(openDevice(device), memory, () -> place.volumes().removeZram(device))) {
            Race.Result result = race.run(tried, progress);
            return result.asRival(Rival.Kind.ZRAM, null, 0, result.memoryBytes());
        } catch (IOException e) {
            throw new CramdiskException(ErrorKind.KERNEL_REFUSED, e, "use " + device, String.valueOf(e.getMessage()));
        }
    }

    private FileChannel openDevice(ZramDevice device) throws IOException {
        boolean open = false;
        try {
            FileChannel channel = FileChannel.open(
                    Path.of(device.toString()),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    ExtendedOpenOption.DIRECT);
            open = true;
            return channel;
        } finally {
            if (!open) {
                place.volumes().removeZram(device);
            }
        }
    }

    private Rival disk(Race race, long bytes, Setting setting, Race.Progress progress) throws IOException {
        BlockStore store = BlockStore.create(
                scratch,
                "disk",
                new StoreGeometry(bytes, setting.blockBytes()),
                new StoreSettings(setting.storeCodec(), StoreSettings.NO_LIMIT),
                place.gate());
        try (Tried tried = new TriedDisk(store)) {
            Race.Result result = race.run(tried, progress);
            double share = Math.min(1, (double) SQUEEZED_BYTES / bytes);
            long before = store.stats().residentBytes();
            long saved = store.squeeze(SQUEEZE_LEVEL, done -> {
                progress.done(1);
                return done < share;
            });
            long rested = result.memoryBytes() - Math.min(before, (long) (saved / share));
            return result.asRival(Rival.Kind.DISK, setting.codec(), setting.blockBytes(), Math.max(0, rested));
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    private static void removeQuietly(Path path) {
        try {
            removeAll(path);
        } catch (IOException e) {
            System.getLogger(Comparer.class.getName()).log(System.Logger.Level.WARNING, "cannot remove " + path, e);
        }
    }

    private static void removeAll(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> found = Files.walk(path)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
