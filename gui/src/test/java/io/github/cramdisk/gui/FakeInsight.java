// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.insight.Latency;
import io.github.cramdisk.api.insight.Series;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.volume.VolumeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** A made-up past for the disks of a {@link FakeEngine}: they filled in the first third, then were worked with. */
public final class FakeInsight implements Insight {
    private static final int STEPS = 121;
    private static final int KIB = 1024;

    private final FakeEngine engine;
    private int historyQuestions;

    FakeInsight(FakeEngine engine) {
        this.engine = engine;
    }

    /** How often the past was asked for. */
    public int historyQuestions() {
        return historyQuestions;
    }

    @Override
    public VolumeHistory history(String volume, Duration span) {
        historyQuestions++;
        if (volume.startsWith("/")) {
            return ofVolume(volume, span);
        }
        DiskInfo disk = disk(volume);
        long step = span.toMillis() / (STEPS - 1);
        long now = engine.snapshot().timeMillis();
        long limit = disk.ramLimitBytes() == null ? VolumeHistory.UNKNOWN : disk.ramLimitBytes();
        return new VolumeHistory(
                volume,
                now,
                step,
                row(i -> Math.round(disk.logicalBytes() * filled(i))),
                row(i -> Math.round(disk.storedBytes() * filled(i) * worse(i))),
                row(i -> Math.round(disk.residentBytes() * filled(i) * worse(i))),
                row(i -> limit),
                traffic(disk, step, 0.6, 12_000),
                traffic(disk, step, 1.7, 21_000),
                Map.of("read", new Latency(4_100_000, 14_000, 38_000, 120_000)));
    }

    private VolumeHistory ofVolume(String title, Duration span) {
        VolumeInfo volume = engine.snapshot().volumes().stream()
                .filter(each -> each.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_HISTORY, title, ""));
        return new VolumeHistory(
                title,
                engine.snapshot().timeMillis(),
                span.toMillis() / (STEPS - 1),
                row(i -> Math.round(volume.usedBytes() * filled(i))),
                row(i -> Math.round(volume.residentBytes() * filled(i))),
                row(i -> Math.round(volume.residentBytes() * filled(i))),
                row(i -> VolumeHistory.UNKNOWN),
                VolumeHistory.Traffic.NONE,
                VolumeHistory.Traffic.NONE,
                Map.of());
    }

    /** Share of what is in it now. */
    private static double filled(int step) {
        double rise = 1 - Math.exp(-step / 18.0);
        return rise * (1 + 0.03 * Math.sin(step / 9.0)) / (1 + 0.03 * Math.sin((STEPS - 1) / 9.0));
    }

    /** The codec was changed on the way. */
    private static double worse(int step) {
        return step < 55 ? 1.45 : Math.max(1, 1.45 - (step - 55) / 60.0);
    }

    private static VolumeHistory.Traffic traffic(DiskInfo disk, long step, double phase, long nanos) {
        if (disk.logicalBytes() == 0) {
            return new VolumeHistory.Traffic(row(i -> 0), row(i -> 0), row(i -> 0), row(i -> 0), row(i -> 0));
        }
        IntToLongFunction bytes = i -> (long) (step
                / 1000.0
                * (180L << 20)
                * Math.max(0.05, 0.6 + phase * Math.sin(i / 7.0 + phase) * Math.cos(i / 23.0)));
        return new VolumeHistory.Traffic(
                row(bytes),
                row(i -> bytes.applyAsLong(i) / 16_384),
                row(i -> nanos + (long) (nanos * 0.2 * Math.sin(i / 5.0))),
                row(i -> nanos * 3 + (long) (nanos * Math.sin(i / 4.0))),
                row(i -> nanos * 8 + (long) (nanos * 4 * Math.sin(i / 3.0))));
    }

    private static Series row(IntToLongFunction value) {
        long[] row = new long[STEPS];
        for (int i = 0; i < STEPS; i++) {
            row[i] = value.applyAsLong(i);
        }
        return Series.of(row);
    }

    @Override
    public DiskMap diskMap(DiskMap.Query query) {
        DiskInfo disk = disk(query.name());
        int block = (int) disk.blockSizeBytes();
        long length = query.lengthBytes() == 0
                ? disk.sizeBytes() - query.offsetBytes()
                : Math.min(query.lengthBytes(), disk.sizeBytes() - query.offsetBytes());
        long blocks = Math.max(1, length / block);
        long each = (blocks + query.cells() - 1) / query.cells();
        int cells = (int) ((blocks + each - 1) / each);
        long[] used = new long[cells];
        long[] free = new long[cells];
        long[] raw = new long[cells];
        long[] squeezed = new long[cells];
        long[] stored = new long[cells];
        double full = (double) disk.logicalBytes() / disk.sizeBytes();
        for (int i = 0; i < cells; i++) {
            double at = (query.offsetBytes() + (double) i * each * block) / disk.sizeBytes();
            double noise = Math.abs(Math.sin(Math.floor(at * 900) * 12.9898) * 43758.5453 % 1);
            boolean taken = at < full * 1.05 && Math.sin(at * 40) > -0.92;
            if (taken) {
                double ratio = 1.0 + 3.6 * Math.abs(Math.sin(at * 11)) * (0.35 + noise);
                used[i] = each;
                free[i] = noise > 0.93 ? each : each / 12;
                raw[i] = ratio < 1.1 ? each - free[i] : 0;
                squeezed[i] = raw[i] == 0 && Math.sin(at * 23) > 0.3 ? used[i] - free[i] : 0;
                stored[i] = (long) ((used[i] - free[i]) * block / Math.max(1, ratio));
            }
        }
        return new DiskMap(
                query.name(),
                disk.sizeBytes(),
                query.offsetBytes(),
                length,
                each * block,
                block,
                false,
                Series.of(used),
                Series.of(free),
                Series.of(raw),
                Series.of(squeezed),
                Series.of(stored));
    }

    @Override
    public CodecReport codecs(String name) {
        DiskInfo disk = disk(name);
        if (disk.logicalBytes() == 0) {
            return new CodecReport(name, CodecReport.State.EMPTY, 0, 0, List.of());
        }
        return new CodecReport(
                name,
                CodecReport.State.READY,
                3,
                8 << 20,
                List.of(
                        trial(disk, CodecSpec.LZ4, 4, 1.58, 790),
                        trial(disk, CodecSpec.zstd(1), 4, 1.79, 330),
                        trial(disk, CodecSpec.zstd(3), 4, 1.84, 240),
                        trial(disk, CodecSpec.zstd(9), 4, 1.90, 62),
                        trial(disk, CodecSpec.LZ4, 64, 1.90, 770),
                        trial(disk, CodecSpec.zstd(1), 64, 2.36, 410),
                        trial(disk, CodecSpec.zstd(3), 64, 2.42, 290),
                        trial(disk, CodecSpec.zstd(9), 64, 2.54, 70)));
    }

    private static CodecReport.Trial trial(DiskInfo disk, CodecSpec codec, int kib, double ratio, double speed) {
        boolean current = codec.equals(disk.codec()) && disk.blockSizeBytes() == (long) kib * KIB;
        return new CodecReport.Trial(codec, kib * KIB, ratio, speed, current);
    }

    private DiskInfo disk(String name) {
        return engine.listDisks().stream()
                .filter(disk -> disk.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_DISK, name));
    }
}
