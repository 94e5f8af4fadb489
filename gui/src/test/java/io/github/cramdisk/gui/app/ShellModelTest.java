// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineConnector;
import io.github.cramdisk.gui.engine.EngineLink;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellModelTest {
    @TempDir
    Path directory;

    private ShellModel open(EngineConnector connector) {
        EngineLink link = new EngineLink(connector, Tasks.direct());
        ShellModel model = new ShellModel(link, new DiskColors(new Settings(directory.resolve("gui.properties"))));
        link.connect();
        return model;
    }

    @Test
    void listsTheDisksAndSaysThatTheEngineRuns() {
        ShellModel model = open(FakeEngine::withThreeDisks);
        assertThat(model.entries())
                .extracting(ShellModel.Entry::name)
                .containsExactly("builds", "photos-cache", "vm-scratch");
        assertThat(model.engineLineProperty().get().text()).isEqualTo("Engine running · 3 disks");
        assertThat(model.sceneryProperty().get()).isEqualTo(ShellModel.Scenery.PAGE);
    }

    @Test
    void walksThroughThePagesInTheOrderOfTheSidebar() {
        ShellModel model = open(FakeEngine::withThreeDisks);
        model.step(1);
        assertThat(model.page()).isEqualTo(new Page.Volumes());
        model.step(1);
        assertThat(model.page()).isEqualTo(new Page.Configuration());
        model.step(1);
        assertThat(model.page()).isEqualTo(new Page.Monitor());
        model.step(1);
        assertThat(model.page()).isEqualTo(new Page.Doctor());
        model.step(1);
        assertThat(model.page()).isEqualTo(new Page.Compare());
        model.step(1);
        assertThat(model.page()).isEqualTo(new Page.Disk("builds"));
        model.goTo(new Page.Overview());
        model.step(-1);
        assertThat(model.page()).isEqualTo(new Page.Settings());
        model.step(-1);
        assertThat(model.page()).isEqualTo(new Page.Activity());
        model.step(-1);
        assertThat(model.page()).isEqualTo(new Page.Disk("vm-scratch"));
    }

    @Test
    void leavesThePageOfADiskThatIsGone() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        ShellModel model = open(() -> engine);
        model.goTo(new Page.Disk("builds"));
        engine.removeDisk("builds", true);
        engine.tick();
        assertThat(model.page()).isEqualTo(new Page.Overview());
    }

    @Test
    void keepsThePageWhileTheEngineIsAway() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        ShellModel model = open(() -> engine);
        engine.die();
        assertThat(model.sceneryProperty().get()).isEqualTo(ShellModel.Scenery.STALE_PAGE);
        assertThat(model.engineLineProperty().get().tone()).isEqualTo(ShellModel.Tone.WAITING);
    }

    @Test
    void explainsWhyThereIsNoEngine() {
        CramdiskException error = new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, "no luck");
        ShellModel model = open(() -> refuse(error));
        assertThat(model.sceneryProperty().get()).isEqualTo(ShellModel.Scenery.NO_ENGINE);
        assertThat(model.error()).isSameAs(error);
        assertThat(ShellModel.sentence(error)).isEqualTo("The Cramdisk engine cannot be reached: no luck");
        assertThat(ShellModel.details(error)).contains("ShellModelTest");
    }

    private static Engine refuse(CramdiskException error) {
        throw error;
    }
}
