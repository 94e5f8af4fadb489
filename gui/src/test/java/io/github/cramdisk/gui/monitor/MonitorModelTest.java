// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.FakeVolumes;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MonitorModelTest {
    private static final long GIB = 1L << 30;

    private final FakeEngine engine = FakeEngine.withThreeDisks();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());

    @TempDir
    Path directory;

    private MonitorModel model;

    @BeforeEach
    void connect() {
        model = new MonitorModel(link, new DiskColors(new Settings(directory.resolve("gui.properties"))));
        link.connect();
        engine.volumes().addSome();
    }

    private MonitorRow row(String title) {
        return model.rows().stream()
                .filter(row -> row.face().title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private void pass(int ticks) {
        for (int i = 0; i < ticks; i++) {
            engine.tick();
        }
    }

    @Test
    void listsDisksAndAllOtherVolumesWithTheirTotals() {
        model.setShown(true);
        pass(1);
        assertThat(model.rows()).hasSize(10);
        MonitorModel.Totals totals =
                Objects.requireNonNull(model.totalsProperty().get());
        assertThat(totals.volumes()).isEqualTo(10);
        assertThat(totals.ours()).isEqualTo(5);
        assertThat(totals.residentBytes())
                .isEqualTo(model.rows().stream()
                        .mapToLong(row -> row.face().residentBytes())
                        .sum());
        assertThat(totals.savedBytes()).isPositive().isLessThan(totals.usedBytes());
    }

    @Test
    void keepsThePastWhileItIsNotShownAndNotTheRows() {
        pass(20);
        assertThat(model.rows()).isEmpty();
        model.setShown(true);
        assertThat(row("/dev/shm").face().past()).hasSize(10);
        pass(400);
        assertThat(row("/dev/shm").face().past()).hasSize(RecentPast.SECONDS);
    }

    @Test
    void aRowStaysTheSameWhileItsVolumeLives() {
        model.setShown(true);
        pass(1);
        MonitorRow before = row("builds");
        pass(10);
        assertThat(row("builds")).isSameAs(before);
        engine.removeDisk("builds", true);
        pass(1);
        assertThat(model.rows()).doesNotContain(before);
    }

    @Test
    void tellsWhoUsesAVolume() {
        pass(1);
        model.setShown(true);
        assertThat(row("/home/user/build").face().users()).isEqualTo("gradle");
    }

    @Test
    void warnsOfWhatIsNearlyFull() {
        engine.volumes().add(FakeVolumes.tmpfs("/mnt/full", GIB, GIB * 95 / 100, false));
        model.setShown(true);
        pass(1);
        assertThat(model.alerts()).contains("/mnt/full: 95 % of 1.0 GiB are used");
        engine.volumes().unmount("/mnt/full", io.github.cramdisk.api.volume.VolumeKind.TMPFS, false);
        pass(1);
        assertThat(model.alerts()).noneMatch(alert -> alert.startsWith("/mnt/full"));
    }

    @Test
    void adoptsWhatIsForeignAndNotOfTheSystem() {
        model.setShown(true);
        pass(1);
        assertThat(row("/dev/shm").face().adoptable()).isNull();
        VolumeInfo scratch = Objects.requireNonNull(row("/srv/scratch").face().adoptable());
        model.adopt(scratch);
        pass(1);
        assertThat(row("/srv/scratch").face().managed()).isTrue();
        assertThat(row("/srv/scratch").face().adoptable()).isNull();
    }

    @Test
    void saysWhyAVolumeIsNotAdopted() {
        model.setShown(true);
        pass(1);
        engine.volumes().refuseNext(new CramdiskException(ErrorKind.CANNOT_ADOPT, "/srv/scratch", "it is gone"));
        model.adopt(Objects.requireNonNull(row("/srv/scratch").face().adoptable()));
        assertThat(Objects.requireNonNull(model.refusalProperty().get()).sentence())
                .isEqualTo(ErrorKind.CANNOT_ADOPT.sentence("/srv/scratch", "it is gone"));
    }
}
