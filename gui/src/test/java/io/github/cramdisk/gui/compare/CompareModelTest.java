// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.StepKind;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.create.Draft;
import io.github.cramdisk.gui.create.Purpose;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CompareModelTest {
    private final FakeEngine engine = new FakeEngine();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());
    private final CompareModel model = new CompareModel(link);

    @BeforeEach
    void connect() {
        Texts.use(Locale.ENGLISH);
        link.connect();
        engine.tick();
    }

    @Test
    void saysBeforehandHowMuchMemoryItTakes() {
        assertThat(model.memoryProperty().get())
                .contains("2.0 GiB of memory at most")
                .contains("a quarter of the");
    }

    @Test
    void startsWithAWholePathOnly() {
        assertThat(model.readyProperty().get()).as("nothing typed").isFalse();
        assertThat(model.pathErrorProperty().get()).isEmpty();
        model.pathProperty().set("Pictures");
        assertThat(model.readyProperty().get()).isFalse();
        assertThat(model.pathErrorProperty().get()).contains("beginning with /");
        model.start();
        assertThat(model.comparisonProperty().get()).isNull();
        model.pathProperty().set("~/My Pictures");
        assertThat(model.readyProperty().get()).isTrue();
        assertThat(model.commandProperty().get())
                .isEqualTo("cramdisk compare '" + System.getProperty("user.home") + "/My Pictures'");
    }

    @Test
    void tellsHowFarItIsAndStopsWhenAsked() {
        model.pathProperty().set("/files/");
        engine.whileComparing = () -> {
            engine.jobs.add(new JobInfo(
                    3,
                    JobKind.COMPARE,
                    "/files",
                    JobState.RUNNING,
                    "trying zram",
                    0.4,
                    null,
                    1,
                    true,
                    StepKind.TRYING_ZRAM,
                    List.of()));
            engine.tick();
            assertThat(model.busyProperty().get()).isTrue();
            assertThat(model.readyProperty().get()).isFalse();
            assertThat(Objects.requireNonNull(model.job().jobProperty().get()).progress())
                    .isEqualTo(0.4);
            model.job().cancel();
            throw new CramdiskException(ErrorKind.CANCELLED, "trying zram");
        };
        model.start();
        assertThat(engine.cancelled).containsExactly(3L);
        assertThat(model.busyProperty().get()).isFalse();
        assertThat(model.job().jobProperty().get()).isNull();
        assertThat(model.noteProperty().get()).contains("Nothing was left behind");
        assertThat(model.refusalProperty().get()).isNull();
        assertThat(model.readyProperty().get()).isTrue();
    }

    @Test
    void anErrorIsSaidAndTheLastResultStays() {
        model.pathProperty().set("/files");
        model.start();
        assertThat(model.comparisonProperty().get()).isNotNull();
        engine.whileComparing = () -> {
            throw new CramdiskException(ErrorKind.INVALID_DIRECTORY, "/files");
        };
        model.start();
        assertThat(Objects.requireNonNull(model.refusalProperty().get()).sentence())
                .contains("There is no directory /files");
        assertThat(model.comparisonProperty().get()).isNotNull();
    }

    @Test
    void theRecommendationIsADraftWithRoomToGrow() {
        assertThat(model.recommendation()).isNull();
        model.pathProperty().set("/files");
        model.start();
        assertThat(model.recommendation())
                .isEqualTo(new CompareModel.Recommendation(
                        Purpose.DISK, Draft.ofDisk(ByteSize.ofGibi(5), CodecSpec.LZ4, ByteSize.ofKibi(4)), false));
    }

    @Test
    void barsAreSharesOfTheLongestAndSpokenWithTheirNames() {
        List<RivalBars.Row> rows = RivalBars.of(engine.compare("/files"));
        assertThat(rows).extracting(RivalBars.Row::best).containsExactly(false, false, true, false, false);
        RivalBars.Bar memory = rows.get(2).bars().get(0);
        assertThat(memory.share()).isEqualTo(640.0 / 1024);
        assertThat(memory.rested()).isEqualTo(450.0 / 1024);
        assertThat(memory.spoken()).isEqualTo("disk, lz4, 4K, Memory: 640 MiB, at rest 450 MiB");
        RivalBars.Bar write = rows.get(2).bars().get(1);
        assertThat(write.share()).isEqualTo(0.25);
        assertThat(write.rested()).isEqualTo(write.share());
        assertThat(write.spoken()).isEqualTo("disk, lz4, 4K, Write, MB/s: 500");
    }
}
