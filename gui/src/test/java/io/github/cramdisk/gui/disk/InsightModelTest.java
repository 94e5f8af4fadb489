// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Series;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Past, map and codecs as the page of a disk shows them. */
final class InsightModelTest {
    private final FakeEngine engine = FakeEngine.withThreeDisks();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());

    @BeforeEach
    void english() {
        Texts.use(Locale.ENGLISH);
    }

    private void pass(int halfSeconds) {
        for (int i = 0; i < halfSeconds; i++) {
            engine.tick();
        }
    }

    @Test
    void asksAtAPaceOfItsOwnAndNotWhenNobodyLooks() {
        link.connect();
        InsightModel model = new InsightModel("builds", true, link);
        pass(8);
        assertThat(engine.insight().historyQuestions()).isBetween(4, 6);
        model.activeProperty().set(false);
        int asked = engine.insight().historyQuestions();
        pass(8);
        assertThat(engine.insight().historyQuestions()).isEqualTo(asked);
        model.activeProperty().set(true);
        assertThat(engine.insight().historyQuestions()).isEqualTo(asked + 1);
        model.close();
        pass(8);
        assertThat(engine.insight().historyQuestions()).isEqualTo(asked + 1);
    }

    @Test
    void anotherRangeIsAskedForAtOnce() {
        link.connect();
        InsightModel model = new InsightModel("builds", true, link);
        model.spanProperty().set(Duration.ofHours(1));
        VolumeHistory hour = model.historyProperty().get();
        assertThat(hour).isNotNull();
        assertThat(hour == null ? 0 : hour.stepMillis()).isEqualTo(30_000);
    }

    @Test
    void aMapComesOnceItsRoomIsKnownAndFollowsTheZoom() {
        link.connect();
        InsightModel model = new InsightModel("builds", true, link);
        pass(8);
        assertThat(model.mapProperty().get()).isNull();
        model.setZoom(MapZoom.NOTHING.whole(4L << 30).withCells(2200));
        assertThat(model.mapProperty().get())
                .isNotNull()
                .extracting(DiskMap::cells, DiskMap::cellBytes)
                .containsExactly(2048, 2L << 20);
        model.setZoom(model.zoomProperty().get().closer(1L << 30, 4L << 30, 4096));
        assertThat(model.mapProperty().get())
                .isNotNull()
                .extracting(DiskMap::lengthBytes, DiskMap::cellBytes)
                .containsExactly(256L << 20, 128L << 10);
    }

    @Test
    void volumesWithoutBlocksAreNotAskedForMapsAndCodecs() {
        link.connect();
        InsightModel model = new InsightModel("builds", false, link);
        model.setZoom(MapZoom.NOTHING.whole(4L << 30).withCells(100));
        pass(8);
        assertThat(model.mapProperty().get()).isNull();
        assertThat(model.codecsProperty().get()).isNull();
        assertThat(model.historyProperty().get()).isNotNull();
    }

    @Test
    void aZoomStaysWithinTheDiskAndComesBackToAllOfIt() {
        long size = 16L << 40;
        MapZoom zoom = MapZoom.NOTHING.whole(size).withCells(2000);
        int steps = 0;
        for (MapZoom before = null; !zoom.equals(before) && steps < 50; steps++) {
            before = zoom;
            zoom = zoom.closer(size - 1, size, 4096);
            assertThat(zoom.offsetBytes() + zoom.lengthBytes()).isLessThanOrEqualTo(size);
            assertThat(zoom.offsetBytes() % 4096).isZero();
        }
        assertThat(zoom.lengthBytes()).isEqualTo(16 * 4096);
        assertThat(steps).isLessThan(10);
        while (!zoom.isWhole(size) && steps < 60) {
            zoom = zoom.further(size, 4096);
            steps++;
        }
        assertThat(zoom.isWhole(size)).isTrue();
        MapZoom tiny = MapZoom.NOTHING.whole(4096).withCells(2000);
        assertThat(tiny.closer(0, 4096, 4096)).isEqualTo(tiny);
    }

    @Test
    void squaresAreAsLargeAsFitAndAreFoundAgainUnderThePointer() {
        HeatGrid grid = HeatGrid.of(2048, 684, 214);
        assertThat(grid.columns() * grid.rows()).isGreaterThanOrEqualTo(2048);
        assertThat(grid.rows() * grid.pitch()).isLessThanOrEqualTo(214);
        assertThat(grid.pitch()).isEqualTo(8);
        int cell = 5 * grid.columns() + 17;
        assertThat(grid.cellAt(17 * grid.pitch() + 3, 5 * grid.pitch() + 3, 2048))
                .isEqualTo(cell);
        assertThat(grid.cellAt(-1, 3, 2048)).isEqualTo(-1);
        assertThat(grid.cellAt(3, grid.rows() * grid.pitch() + 3, 2048)).isEqualTo(-1);
    }

    @Test
    void cellsAreToldApartAndPutIntoWords() {
        DiskMap map = new DiskMap(
                "d",
                4L << 20,
                0,
                4L << 20,
                1 << 20,
                4096,
                false,
                Series.of(0, 256, 256, 128),
                Series.of(0, 256, 0, 0),
                Series.of(0, 0, 256, 0),
                Series.of(0, 0, 0, 96),
                Series.of(0, 0, 1 << 20, 200_000));
        assertThat(HeatClass.of(map, 0)).isEqualTo(HeatClass.EMPTY);
        assertThat(HeatClass.of(map, 1)).isEqualTo(HeatClass.FREE);
        assertThat(HeatClass.of(map, 2)).isEqualTo(HeatClass.RAW);
        assertThat(HeatClass.of(map, 3)).isEqualTo(HeatClass.HALF);
        assertThat(MapWords.cell(map, 3)).isEqualTo("3.0 MiB · 50 % in use · 2.62× · 75 % squeezed");
        assertThat(MapWords.cell(map, 2)).isEqualTo("2.0 MiB · 100 % in use · 1.00× · 100 % raw");
        assertThat(MapWords.summary(map)).contains("63 % in use", "40 % of it zeroes", "15 % squeezed");
        assertThat(HeatClass.isSqueezed(map, 3)).isTrue();
        assertThat(HeatClass.isSqueezed(map, 1)).isFalse();
        assertThat(HeatClass.isSqueezed(map, 0)).isFalse();
    }

    @Test
    void codecBarsAreAsLongAsWhatTheyWouldCost() {
        CodecReport report = engine.insight().codecs("builds");
        var bars = CodecBars.of(report);
        assertThat(bars).hasSize(4);
        assertThat(bars.get(0).name()).isEqualTo("lz4, 4 KiB (now)");
        assertThat(bars.get(0).cost()).isEqualTo(1);
        assertThat(bars.get(3).cost()).isLessThan(0.7);
        assertThat(CodecBars.line(report)).contains("8 MiB", "3 s ago");
    }

    @Test
    void aPastIsSavedAsATableThatProgramsRead() {
        VolumeHistory past = new VolumeHistory(
                "d",
                1_790_000_002_000L,
                1000,
                Series.of(-1, 5),
                Series.of(-1, 3),
                Series.of(-1, 4),
                Series.of(-1, -1),
                VolumeHistory.Traffic.NONE,
                VolumeHistory.Traffic.NONE,
                Map.of());
        assertThat(HistoryCsv.of(past).lines())
                .containsExactly(
                        "time,logical_bytes,stored_bytes,resident_bytes,limit_bytes", "2026-09-21T14:13:22Z,5,3,4,");
    }

    @Test
    void picturesAreWhatOtherProgramsDecode() throws IOException {
        int[] pixels = {0xFF102030, 0x80FFFFFF, 0x00000000, 0xFFABCDEF, 0xFF000000, 0xFFFFFFFF};
        var image = ImageIO.read(new ByteArrayInputStream(Png.of(pixels, 3, 2)));
        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getRGB(0, 1)).isEqualTo(0xFFABCDEF);
        assertThat(image.getRGB(1, 0)).isEqualTo(0x80FFFFFF);
    }

    @Test
    void aChangeAsksForWhatDiffersAndSaysTheCommand() {
        link.connect();
        ChangeModel model = new ChangeModel(engine.showDisk("builds"), link);
        assertThat(model.validProperty().get()).isFalse();
        model.compression().algorithmProperty().set(io.github.cramdisk.api.CodecSpec.Algorithm.ZSTD);
        model.compression().levelProperty().set(6);
        model.limitTextProperty().set("512M");
        assertThat(model.commandProperty().get()).isEqualTo("cramdisk disk set builds --codec zstd:6 --ram-limit 512M");
        assertThat(model.warningProperty().get()).contains("takes");
        model.limitTextProperty().set("1M");
        assertThat(model.limitErrorProperty().get()).contains("too small");
        assertThat(model.validProperty().get()).isFalse();
        model.limitedProperty().set(false);
        assertThat(model.commandProperty().get()).endsWith("--ram-limit none");
        model.submit(changed -> {});
        assertThat(engine.showDisk("builds").ramLimitBytes()).isNull();
        assertThat(engine.showDisk("builds").codec()).hasToString("zstd:6");
    }

    @Test
    void aChangeSaysWhatHappensAtTheLimit() {
        link.connect();
        ChangeModel model = new ChangeModel(engine.showDisk("builds"), link);
        model.fullWaitProperty().set(FullWait.FAIL);
        model.growTextProperty().set("1G");
        assertThat(model.growErrorProperty().get()).contains("cannot grow to less");
        assertThat(model.validProperty().get()).isFalse();
        model.growTextProperty().set("3G");
        assertThat(model.validProperty().get()).isTrue();
        assertThat(model.commandProperty().get()).isEqualTo("cramdisk disk set builds --grow-to 3G --full fail");
        model.submit(changed -> {});
        FullPolicy policy = engine.showDisk("builds").whenFull();
        assertThat(policy).isEqualTo(new FullPolicy(ByteSize.ofGibi(3), FullWait.FAIL));

        ChangeModel later = new ChangeModel(engine.showDisk("builds"), link);
        assertThat(later.growTextProperty().get()).isEqualTo("3G");
        later.growTextProperty().set("");
        assertThat(later.commandProperty().get()).isEqualTo("cramdisk disk set builds --grow-to none");
    }

    @Test
    void waitingWritesSayWhyAndGrowMakesRoom() {
        engine.add(new DiskSpec(
                        "full",
                        ByteSize.ofGibi(2),
                        io.github.cramdisk.api.CodecSpec.LZ4,
                        ByteSize.ofKibi(4),
                        ByteSize.ofMebi(512),
                        false))
                .holding(1_180L << 20, 2.31)
                .waiting(new WaitingWrites(
                        3, 12 << 20, engine.snapshot().timeMillis() - 14_000, WaitingWrites.Shortage.RAM_LIMIT));
        link.connect();
        WaitModel waiting = new DiskModel("full", 0, link, Tasks.direct()).waiting();
        WaitModel.Face face = waiting.faceProperty().get();
        assertThat(face).isNotNull();
        assertThat(face == null ? "" : face.sentence())
                .isEqualTo("3 writes of 12.0 MiB have been waiting for 14 s. The RAM limit of 512 MiB is reached.");
        assertThat(face == null ? "" : face.grow()).isEqualTo("Grow limit to 768M");
        waiting.free();
        assertThat(waiting.outcomeProperty().get()).contains("nothing unused");
        waiting.grow();
        assertThat(engine.showDisk("full").ramLimitBytes()).isEqualTo(768L << 20);
        engine.tick();
        assertThat(waiting.faceProperty().get()).isNull();
    }

    @Test
    void squeezingTellsHowFarItIsAndIsStoppedByTheSameButton() {
        link.connect();
        SqueezeModel squeeze = new DiskModel("builds", 0, link, Tasks.direct()).squeeze();
        assertThat(squeeze.wordsProperty().get()).isEqualTo("_Squeeze");
        engine.jobs.add(new JobInfo(
                7, JobKind.SQUEEZE, "builds", JobState.RUNNING, "squeezing", 0.4, null, 1_790_000_000_000L, true));
        engine.tick();
        assertThat(squeeze.wordsProperty().get()).isEqualTo("Stop (40 %)");
        squeeze.press();
        assertThat(engine.cancelled).containsExactly(7L);
        engine.jobs.clear();
        engine.tick();
        assertThat(squeeze.wordsProperty().get()).isEqualTo("_Squeeze");
    }

    @Test
    void aResizeIsCheckedAsItIsTyped() {
        link.connect();
        ResizeModel model = new ResizeModel(engine.showDisk("builds"), link);
        assertThat(model.validProperty().get()).isFalse();
        model.sizeTextProperty().set("8G");
        assertThat(model.commandProperty().get()).isEqualTo("cramdisk disk resize builds 8G");
        assertThat(model.warningProperty().get()).contains("grow its filesystem");
        model.sizeTextProperty().set("17T");
        assertThat(model.sizeErrorProperty().get()).contains("Choose 4K to 16T");
        model.sizeTextProperty().set("1G");
        assertThat(model.warningProperty().get()).contains("Shrink the filesystem");
        model.submit(resized -> {});
        assertThat(engine.showDisk("builds").sizeBytes()).isEqualTo(1L << 30);
    }

    @Test
    void anEmptyDiskHasNoLatencyAndNothingToTry() {
        engine.add(DiskSpec.of("fresh", ByteSize.ofGibi(1)));
        link.connect();
        DiskModel model = new DiskModel("fresh", 0, link, Tasks.direct());
        DiskModel.Face face = model.faceProperty().get();
        assertThat(face == null ? "" : face.latency()).isEqualTo("nothing asked for");
        assertThat(CodecBars.line(engine.insight().codecs("fresh"))).contains("nothing on the disk");
    }
}
