// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.FakeVolumes;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VolumesModelTest {
    private final FakeEngine engine = new FakeEngine();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());
    private final VolumesModel model = new VolumesModel(link, new DiskColors(new Settings(Path.of("/nonexistent"))));

    @BeforeEach
    void connect() {
        link.connect();
    }

    @Test
    void asksNothingUntilItIsShown() {
        engine.volumes().addSome();
        for (int i = 0; i < 20; i++) {
            engine.tick();
        }
        assertThat(model.stateProperty().get()).isEqualTo(VolumesModel.State.LOADING);
        model.setShown(true);
        assertThat(model.stateProperty().get()).isEqualTo(VolumesModel.State.LIST);
        assertThat(model.ours()).hasSize(2);
        assertThat(model.foreign()).hasSize(5);
    }

    @Test
    void followsTheMachineWhileItIsShown() {
        model.setShown(true);
        engine.volumes().add(FakeVolumes.tmpfs("/mnt/later", 1 << 30, 0, false));
        assertThat(model.foreign()).isEmpty();
        for (int i = 0; i < 6; i++) {
            engine.tick();
        }
        assertThat(model.foreign()).hasSize(1);
    }

    @Test
    void offersOnlyWhatCanBeDone() {
        engine.volumes().addSome();
        model.setShown(true);
        assertThat(face("/dev/shm").can()).containsExactly(VolumeFace.Can.CHANGE);
        assertThat(face("/swapfile").can()).isEmpty();
        assertThat(face("/srv/scratch").can())
                .containsExactly(VolumeFace.Can.CHANGE, VolumeFace.Can.ADOPT, VolumeFace.Can.REMOVE);
        assertThat(face("/home/user/build").can()).containsExactly(VolumeFace.Can.CHANGE, VolumeFace.Can.REMOVE);
        assertThat(face("/home/user/build").users()).isEqualTo("used by gradle (4711) /home/user/build/a");
        assertThat(face("/mnt/keys").costs()).isEqualTo("Cost unknown");
    }

    @Test
    void adoptedVolumesAreOurs() {
        engine.volumes().addSome();
        model.setShown(true);
        engine.volumes().refuseNext(new CramdiskException(ErrorKind.CANNOT_ADOPT, "/srv/scratch", "no"));
        model.adopt(face("/srv/scratch").volume());
        assertThat(model.refusalProperty().get()).isNotNull();
        model.adopt(face("/srv/scratch").volume());
        assertThat(model.refusalProperty().get()).isNull();
        assertThat(model.ours()).extracting(VolumeFace::title).contains("/srv/scratch");
    }

    @Test
    void saysWhenTheListCannotBeReadAndRecovers() {
        engine.volumes().setUnreadable(new CramdiskException(ErrorKind.KERNEL_REFUSED, "read", "no"));
        model.setShown(true);
        assertThat(model.stateProperty().get()).isEqualTo(VolumesModel.State.FAILED);
        assertThat(model.refusalProperty().get()).isNotNull();
        engine.volumes().setUnreadable(null);
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(VolumesModel.State.LIST);
        assertThat(model.refusalProperty().get()).isNull();
    }

    private VolumeFace face(String title) {
        return java.util.stream.Stream.concat(model.ours().stream(), model.foreign().stream())
                .filter(face -> face.title().equals(title))
                .findFirst()
                .orElseThrow();
    }
}
