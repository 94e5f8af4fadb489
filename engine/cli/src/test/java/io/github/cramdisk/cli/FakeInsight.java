// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.CodecReport.State;
import io.github.cramdisk.api.insight.CodecReport.Trial;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.insight.Series;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.insight.VolumeHistory.Traffic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Three seconds of a disk, a map of eight cells, and codecs that take two questions. */
final class FakeInsight implements Insight {
    final Deque<State> states = new ArrayDeque<>(List.of(State.SAMPLING, State.SAMPLING, State.READY));
    Duration askedSpan = Duration.ZERO;

    @Override
    public VolumeHistory history(String volume, Duration span) {
        askedSpan = span;
        Traffic read = new Traffic(Series.of(0, 4096, 8192), Series.of(0, 1, 2), row(), Series.of(0, 38_000, 0), row());
        return new VolumeHistory(
                volume,
                1_790_000_002_000L,
                1000,
                Series.of(VolumeHistory.UNKNOWN, 2 << 20, 3 << 20),
                Series.of(VolumeHistory.UNKNOWN, 1 << 20, 1 << 20),
                Series.of(VolumeHistory.UNKNOWN, 1 << 20, 2 << 20),
                Series.of(-1, -1, -1),
                read,
                new Traffic(row(), row(), row(), row(), row()),
                Map.of());
    }

    private static Series row() {
        return Series.of(0, 0, 0);
    }

    @Override
    public DiskMap diskMap(DiskMap.Query query) {
        return new DiskMap(
                query.name(),
                8 << 20,
                query.offsetBytes(),
                8 << 20,
                1 << 20,
                4096,
                false,
                Series.of(0, 256, 256, 256, 256, 256, 0, 0),
                Series.of(0, 256, 0, 0, 0, 0, 0, 0),
                Series.of(0, 0, 0, 0, 0, 256, 0, 0),
                Series.of(0, 0, 256, 64, 0, 0, 0, 0),
                Series.of(0, 0, 1 << 17, (1 << 20) / 2 - 1, (1 << 20) * 9 / 10, 1 << 20, 0, 0));
    }

    @Override
    public CodecReport codecs(String name) {
        State state = states.removeFirst();
        return new CodecReport(
                name,
                state,
                0,
                8 << 20,
                state != State.READY
                        ? List.of()
                        : List.of(
                                new Trial(CodecSpec.LZ4, 4096, 1.58, 790, true),
                                new Trial(CodecSpec.zstd(3), 65_536, 2.42, 290.4, false)));
    }
}
