// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DiskModelTest {
    private final FakeEngine engine = FakeEngine.withThreeDisks();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());

    @Test
    void showsWhatTheDiskGivesAndCosts() {
        link.connect();
        DiskModel model = new DiskModel("builds", 1, link, Tasks.direct());
        var face = model.faceProperty().get();
        assertThat(face).isNotNull();
        if (face != null) {
            assertThat(face.get()).isEqualTo("4.0 GiB");
            assertThat(face.getNote()).isEqualTo("2.8 GiB used");
            assertThat(face.costsNote()).isEqualTo("limit 2.0 GiB");
            assertThat(face.ratio()).endsWith("×");
        }
    }

    @Test
    void stopsFollowingWhenClosed() {
        link.connect();
        DiskModel model = new DiskModel("builds", 1, link, Tasks.direct());
        var before = model.faceProperty().get();
        model.close();
        engine.tick();
        assertThat(model.faceProperty().get()).isSameAs(before);
    }

    @Test
    void writesBothRatesInOneUnit() {
        assertThat(DiskModel.rates(0, 0)).isEqualTo("0 · 0 B/s");
        assertThat(DiskModel.rates(412 << 20, 96 << 20)).isEqualTo("412 · 96 MiB/s");
        assertThat(DiskModel.rates(3 << 20, 300 << 10)).isEqualTo("3.0 · 0.3 MiB/s");
    }

    @Test
    void barsCountEveryBlockOnceRawOnesInTheirOwnBar() {
        DiskStats stats = engine.diskStats("builds");
        var bars = BlockBars.of(stats);
        long counted = bars.stream().mapToLong(BlockBars.Bar::blocks).sum();
        long histogram = stats.histogram().stream()
                .mapToLong(DiskStats.HistogramBucket::blocks)
                .sum();
        assertThat(counted)
                .isEqualTo(histogram + stats.blocks().zero() + stats.blocks().sameFilled());
        assertThat(bars.get(bars.size() - 1).blocks()).isEqualTo(stats.blocks().raw());
    }

    @Test
    void axisHasRoundBinaryStepsAndReachesTheHighestPoint() {
        var axis = Axis.upTo(3_000L << 20, 4, Axis.Unit.BYTES);
        assertThat(axis.step()).isEqualTo(1L << 30);
        assertThat(axis.top()).isEqualTo(3L << 30);
        assertThat(Axis.upTo(0, 4, Axis.Unit.BYTES).top()).isPositive();
    }

    @Test
    void removalSaysWhatWouldBeLostAndWhoWouldBeCutOff() {
        link.connect();
        EraseModel model = new EraseModel(EraseModel.Verb.REMOVE, engine.showDisk("vm-scratch"), link);
        assertThat(model.loss()).contains("1.1 GiB of data will be lost");
        assertThat(model.users()).isEqualTo("4 clients are connected and will be disconnected.");
        AtomicInteger done = new AtomicInteger();
        model.submit(answer -> done.incrementAndGet());
        assertThat(done).hasValue(1);
        assertThat(engine.listDisks()).extracting("name").doesNotContain("vm-scratch");
    }

    @Test
    void removalAsksAgainWhenAClientHasConnectedMeanwhile() {
        link.connect();
        EraseModel model = new EraseModel(EraseModel.Verb.RESET, engine.showDisk("photos-cache"), link);
        assertThat(model.users()).isEmpty();
        engine.add(new io.github.cramdisk.api.DiskSpec(
                        "photos-cache",
                        io.github.cramdisk.api.ByteSize.ofGibi(2),
                        io.github.cramdisk.api.CodecSpec.LZ4,
                        io.github.cramdisk.api.ByteSize.ofKibi(4),
                        null,
                        false))
                .holding(5 << 20, 2)
                .clients(2);
        AtomicInteger done = new AtomicInteger();
        model.submit(answer -> done.incrementAndGet());
        assertThat(done).hasValue(0);
        assertThat(model.engineErrorProperty().get()).contains("A client has connected meanwhile");
        model.submit(answer -> done.incrementAndGet());
        assertThat(done).hasValue(1);
        assertThat(engine.showDisk("photos-cache").logicalBytes()).isZero();
        assertThat(ErrorKind.DISK_IN_USE.exitCode()).isPositive();
    }
}
