// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.OwnMemory;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.memorybar.MemoryPart;
import java.nio.file.Files;
import java.nio.file.Path;
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
        var face = model.disks().get(0).face();
        assertThat(face.get()).isEqualTo("You get 4.0 GiB");
        assertThat(face.usedText()).isEqualTo("2.8 GiB used");
        assertThat(face.costs()).startsWith("It costs 1.2 GiB");
        assertThat(face.limitText()).isEqualTo("limit 2.0 GiB");
        assertThat(face.chip()).isEqualTo("lz4 · 4 KiB blocks");
        assertThat(face.ratio()).isEqualTo("2.4×");
    }

    @Test
    void cardsOutliveTheSnapshotsOfTheirDisk() throws Exception {
        FakeEngine engine = FakeEngine.withThreeDisks();
        OverviewModel model = open(engine);
        DiskCardModel builds = model.disks().get(0);
        engine.add(DiskSpec.of("another", ByteSize.ofGibi(1)));
        engine.removeDisk("photos-cache", true);
        engine.tick();
        assertThat(model.disks()).extracting(DiskCardModel::name).containsExactly("another", "builds", "vm-scratch");
        assertThat(model.disks().get(1)).isSameAs(builds);
    }

    @Test
    void anEmptyDiskHasNoRatioToBoastOf() throws Exception {
        FakeEngine engine = new FakeEngine();
        engine.add(DiskSpec.of("new", ByteSize.ofGibi(1)));
        var face = open(engine).disks().get(0).face();
        assertThat(face.ratio()).isEqualTo("–");
        assertThat(face.usedText()).isEqualTo("empty");
    }

    @Test
    void saysWhenADiskIsNearItsLimit() throws Exception {
        FakeEngine engine = FakeEngine.withThreeDisks();
        OverviewModel model = open(engine);
        assertThat(model.disks().get(0).face().nearLimit()).isFalse();
        engine.add(engineSpec()).holding(ByteSize.ofMebi(1900).bytes(), 1.0);
        engine.tick();
        assertThat(model.disks().get(0).face().nearLimit()).isTrue();
    }

    private static DiskSpec engineSpec() {
        return DiskSpec.of("builds", ByteSize.ofGibi(4))
                .with(new io.github.cramdisk.api.DiskUpdate(null, ByteSize.ofGibi(2), false, null));
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
