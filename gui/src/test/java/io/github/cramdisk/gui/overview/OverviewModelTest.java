// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.FakeVolumes;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.OwnMemory;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.memorybar.MemoryPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OverviewModelTest {
    @TempDir
    Path directory;

    private OverviewModel open(FakeEngine engine) throws Exception {
        Path status = Files.writeString(directory.resolve("status"), "Name:\tjava\nRssAnon:\t  102400 kB\n");
        EngineLink link = new EngineLink(() -> engine, Tasks.direct());
        OverviewModel model = new OverviewModel(
                link,
                new DiskColors(new Settings(directory.resolve("gui.properties"))),
                new OwnMemory(status),
                Tasks.direct());
        link.connect();
        return model;
    }

    @Test
    void showsWhatADiskGivesBesideWhatItCosts() throws Exception {
        OverviewModel model = open(FakeEngine.withThreeDisks());
        var face = model.cards().get(0).face();
        assertThat(face.get()).isEqualTo("You get 4.0 GiB");
        assertThat(face.usedText()).isEqualTo("2.8 GiB used");
        assertThat(face.costs()).startsWith("It costs 1.2 GiB");
        assertThat(face.limitText()).isEqualTo("limit 2.0 GiB");
        assertThat(face.chip()).isEqualTo("Compressed disk");
        assertThat(face.details()).isEqualTo("lz4, 4 KiB · 1 client");
        assertThat(face.ratio()).isEqualTo("2.4×");
    }

    @Test
    void cardsOutliveTheSnapshotsOfTheirDisk() throws Exception {
        FakeEngine engine = FakeEngine.withThreeDisks();
        OverviewModel model = open(engine);
        CardModel builds = model.cards().get(0);
        engine.add(DiskSpec.of("another", ByteSize.ofGibi(1)));
        engine.removeDisk("photos-cache", true);
        engine.tick();
        assertThat(model.cards()).extracting(CardModel::key).containsExactly("another", "builds", "vm-scratch");
        assertThat(model.cards().get(1)).isSameAs(builds);
    }

    @Test
    void anEmptyDiskHasNoRatioToBoastOf() throws Exception {
        FakeEngine engine = new FakeEngine();
        engine.add(DiskSpec.of("new", ByteSize.ofGibi(1)));
        var face = open(engine).cards().get(0).face();
        assertThat(face.ratio()).isEqualTo("–");
        assertThat(face.usedText()).isEqualTo("empty");
    }

    @Test
    void saysWhenADiskIsNearItsLimit() throws Exception {
        FakeEngine engine = FakeEngine.withThreeDisks();
        OverviewModel model = open(engine);
        assertThat(model.cards().get(0).face().nearLimit()).isFalse();
        engine.add(engineSpec()).holding(ByteSize.ofMebi(1900).bytes(), 1.0);
        engine.tick();
        assertThat(model.cards().get(0).face().nearLimit()).isTrue();
    }

    private static DiskSpec engineSpec() {
        return DiskSpec.of("builds", ByteSize.ofGibi(4))
                .with(new io.github.cramdisk.api.DiskUpdate(null, ByteSize.ofGibi(2), false, null));
    }

    @Test
    void showsVolumesOfEveryKindAndWhatElseIsInMemory() throws Exception {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        OverviewModel model = open(engine);
        assertThat(model.cards())
                .extracting(CardModel::key)
                .containsExactly("builds", "photos-cache", "vm-scratch", "/home/user/build", "/mnt/zram");
        CardFace scratch = model.cards().get(3).face();
        assertThat(scratch.chip()).isEqualTo("Scratch space");
        assertThat(scratch.details()).isEqualTo("tmpfs · mode 1777");
        assertThat(scratch.limitText()).isEqualTo("limit 2.0 GiB");
        CardFace zram = model.cards().get(4).face();
        assertThat(zram.ratio()).isEqualTo("2.5×");
        assertThat(zram.details()).isEqualTo("/dev/zram1 · lz4 · ext4");
        assertThat(model.foreign())
                .extracting(ForeignRow::title, ForeignRow::use, ForeignRow::adoptable)
                .containsExactly(
                        tuple("/dev/shm", "310 MiB used", false),
                        tuple("/dev/zram0", "900 MiB in 260 MiB", true),
                        tuple("/mnt/keys", "use unknown", true),
                        tuple("/srv/scratch", "empty", true));
    }

    @Test
    void whatHoldsTheMemoryOfDisksIsNotToldTwice() throws Exception {
        assertThat(useOfDiskMemoryAnd(5 << 20)).containsExactly("5.0 MiB used");
        assertThat(useOfDiskMemoryAnd(0)).containsExactly("empty");
    }

    /** What the row of /dev/shm says, which holds the memory of a disk and so many bytes besides. */
    private List<String> useOfDiskMemoryAnd(long besides) throws Exception {
        FakeEngine engine = new FakeEngine();
        engine.add(DiskSpec.of("d", ByteSize.ofGibi(4)))
                .holding(ByteSize.ofGibi(1).bytes(), 2);
        long ofDisks = engine.listDisks().stream()
                .mapToLong(io.github.cramdisk.api.DiskInfo::residentBytes)
                .sum();
        engine.volumes().add(FakeVolumes.tmpfs("/dev/shm", ByteSize.ofGibi(12).bytes(), ofDisks + besides, false));
        engine.volumes()
                .add(FakeVolumes.tmpfs(
                        "/run/cramdisk/arena-0", ByteSize.ofGibi(12).bytes(), ofDisks, true));
        OverviewModel model = open(engine);
        assertThat(model.cards()).extracting(CardModel::key).containsExactly("d");
        engine.tick();
        return model.foreign().stream().map(ForeignRow::use).toList();
    }

    @Test
    void resizesEveryKindAndTakesItBack() throws Exception {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        OverviewModel model = open(engine);
        model.resize("builds", ByteSize.ofGibi(3).bytes(), ByteSize.ofGibi(2).bytes());
        assertThat(engine.showDisk("builds").ramLimitBytes())
                .isEqualTo(ByteSize.ofGibi(3).bytes());
        assertThat(toast(model).text()).isEqualTo("builds may take up to 3.0 GiB now.");
        undo(model);
        assertThat(engine.showDisk("builds").ramLimitBytes())
                .isEqualTo(ByteSize.ofGibi(2).bytes());

        model.resize("builds", 0, ByteSize.ofGibi(2).bytes());
        assertThat(engine.showDisk("builds").ramLimitBytes()).isNull();
        undo(model);
        assertThat(engine.showDisk("builds").ramLimitBytes())
                .isEqualTo(ByteSize.ofGibi(2).bytes());

        model.resize(
                "/home/user/build",
                ByteSize.ofGibi(5).bytes(),
                ByteSize.ofGibi(2).bytes());
        engine.tick();
        assertThat(model.volume("/home/user/build").orElseThrow().sizeBytes())
                .isEqualTo(ByteSize.ofGibi(5).bytes());
        assertThat(toast(model).text()).isEqualTo("build may take up to 5.0 GiB now.");
    }

    @Test
    void saysWhyAVolumeWasNotResized() throws Exception {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        OverviewModel model = open(engine);
        engine.volumes().refuseNext(new CramdiskException(ErrorKind.NOT_AUTHORISED, "change it", "some.action"));
        model.resize(
                "/home/user/build",
                ByteSize.ofGibi(5).bytes(),
                ByteSize.ofGibi(2).bytes());
        assertThat(toast(model).failed()).isTrue();
        assertThat(toast(model).text()).startsWith("You are not authorised to change it.");
        assertThat(toast(model).undo()).isNull();
        model.dismissToast();
        assertThat(model.toastProperty().get()).isNull();
    }

    @Test
    void adoptsWhatSomebodyElseMade() throws Exception {
        FakeEngine engine = new FakeEngine();
        engine.volumes().addSome();
        OverviewModel model = open(engine);
        model.adopt(model.foreign().get(3).volume());
        engine.tick();
        assertThat(model.cards()).extracting(CardModel::key).contains("/srv/scratch");
        assertThat(toast(model).failed()).isFalse();
        engine.volumes().refuseNext(new CramdiskException(ErrorKind.CANNOT_ADOPT, "/mnt/keys", "no"));
        model.adopt(model.foreign().get(2).volume());
        assertThat(toast(model).failed()).isTrue();
    }

    private static Toast toast(OverviewModel model) {
        return Objects.requireNonNull(model.toastProperty().get());
    }

    private static void undo(OverviewModel model) {
        Objects.requireNonNull(toast(model).undo()).run();
    }

    @Test
    void countsTheWindowItself() throws Exception {
        OverviewModel model = open(FakeEngine.withThreeDisks());
        long cramdisk = model.memoryProperty().get().parts().stream()
                .filter(part -> part.kind() == MemoryPart.Kind.CRAMDISK)
                .mapToLong(MemoryPart::bytes)
                .sum();
        assertThat(cramdisk).isEqualTo(ByteSize.ofMebi(158).bytes());
    }
}
