// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.insight;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.daemon.disk.DiskReading;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Samples all volumes: disks every second, others every fifth. Keeps the past of at most {@link #MOST_VOLUMES}, disks
 * first, and forgets a volume that has gone. One thread writes, any thread may read.
 */
final class HistoryKeeper implements AutoCloseable {
    /** Bounds the memory of all histories to about 6 MiB. */
    static final int MOST_VOLUMES = 64;

    private static final System.Logger LOG = System.getLogger(HistoryKeeper.class.getName());
    private static final int OTHERS_EVERY = 5;
    private static final long MILLIS = 1000;

    private final Supplier<List<DiskReading>> disks;
    private final Supplier<List<VolumeInfo>> others;
    private final SteadyClock clock;
    private final Map<String, VolumePast> pasts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "history");
        thread.setDaemon(true);
        return thread;
    });

    private List<String> otherNames = List.of();
    private long ticks;
    private boolean failed;

    /** @param wallMillis milliseconds since the epoch */
    HistoryKeeper(Supplier<List<DiskReading>> disks, Supplier<List<VolumeInfo>> others, LongSupplier wallMillis) {
        this.disks = disks;
        this.others = others;
        this.clock = new SteadyClock(wallMillis);
    }

    void start() {
        var unused = timer.scheduleAtFixedRate(this::tickSafely, 0, 1, TimeUnit.SECONDS);
    }

    private void tickSafely() {
        try {
            tick();
            failed = false;
        } catch (RuntimeException e) {
            // The edge of the thread: one bad reading must not end the record. Told once, not every second.
            if (!failed) {
                LOG.log(Level.WARNING, "the past of volumes could not be recorded", e);
            }
            failed = true;
        }
    }

    /** Takes one sample of every volume that is due. */
    void tick() {
        long second = clock.millis() / MILLIS;
        Map<String, DiskReading> now = new LinkedHashMap<>();
        disks.get().stream()
                .limit(MOST_VOLUMES)
                .forEach(disk -> now.put(disk.stats().info().name(), disk));
        if (ticks++ % OTHERS_EVERY == 0) {
            sampleOthers(second, MOST_VOLUMES - now.size());
        }
        Set<String> wanted = new java.util.HashSet<>(now.keySet());
        wanted.addAll(otherNames);
        pasts.keySet().retainAll(wanted);
        now.forEach((name, disk) -> pasts.computeIfAbsent(name, key -> new VolumePast(key, true))
                .add(second, Sample.of(disk.stats()), disk.counters()));
    }

    private void sampleOthers(long second, int room) {
        Map<String, VolumeInfo> now = others.get().stream()
                .filter(HistoryKeeper::isInMemory)
                .limit(Math.max(0, room))
                .collect(Collectors.toMap(
                        VolumeInfo::title, volume -> volume, (first, twice) -> first, LinkedHashMap::new));
        otherNames = List.copyOf(now.keySet());
        now.forEach((name, volume) ->
                pasts.computeIfAbsent(name, key -> new VolumePast(key, false)).add(second, Sample.of(volume), null));
    }

    private static boolean isInMemory(VolumeInfo volume) {
        return switch (volume.kind()) {
            case TMPFS, RAMFS, ZRAM, ZSWAP -> true;
            default -> false;
        };
    }

    /** @throws CramdiskException {@link ErrorKind#NO_HISTORY} */
    VolumeHistory history(String volume, Duration span) {
        VolumePast past = pasts.get(volume);
        if (past == null && pasts.size() < MOST_VOLUMES && isDisk(volume)) {
            // Made within this second.
            past = new VolumePast(volume, true);
        }
        if (past == null) {
            throw new CramdiskException(
                    ErrorKind.NO_HISTORY,
                    volume,
                    pasts.size() >= MOST_VOLUMES
                            ? "The past of " + MOST_VOLUMES + " volumes is kept, and there are more."
                            : "It was made a moment ago, or there is no such volume in memory: cramdisk list");
        }
        long now = clock.millis();
        return past.history(span.toSeconds(), now / MILLIS, clock.toWall(now));
    }

    private boolean isDisk(String volume) {
        return disks.get().stream().anyMatch(disk -> disk.stats().info().name().equals(volume));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
