// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.theme.ThemeChoice;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** Pictures of the page of a disk in each of its states, for people to judge. */
@Tag("long")
final class DiskScreenshotsTest {
    private static final String LONG_NAME = "a-very-long-name-that-somebody-chose-for-the-disk-of-their-build";

    private final FxRobot robot = new FxRobot();

    @TempDir
    Path directory;

    private static FakeEngine engine() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.add(DiskSpec.of("fresh", ByteSize.ofGibi(2)));
        engine.add(new DiskSpec(
                        "full", ByteSize.ofGibi(2), CodecSpec.LZ4, ByteSize.ofKibi(4), ByteSize.ofMebi(512), false))
                .holding(1_180L << 20, 2.31)
                .clients(1)
                .waiting(new WaitingWrites(
                        3, 12 << 20, engine.snapshot().timeMillis() - 14_000, WaitingWrites.Shortage.RAM_LIMIT));
        engine.add(DiskSpec.of("archive", ByteSize.ofGibi(1024)))
                .holding(310L << 30, 3.4)
                .clients(2);
        engine.add(DiskSpec.of(LONG_NAME, ByteSize.ofGibi(16)))
                .holding(700 << 20, 3.1)
                .busy(2 << 20);
        return engine;
    }

    @Test
    void picturesOfEveryState() {
        FakeEngine engine = engine();
        for (int[] size : new int[][] {{1440, 900}, {1024, 700}}) {
            try (TestWindow window =
                    TestWindow.open(() -> engine, directory.resolve("gui.properties"), size[0], size[1])) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> window.window().shell().sceneryProperty().get() == ShellModel.Scenery.PAGE);
                for (ThemeChoice theme : new ThemeChoice[] {ThemeChoice.DARK, ThemeChoice.LIGHT}) {
                    window.theme(theme);
                    String suffix = "-" + theme.key() + "-" + size[0] + "x" + size[1];
                    for (String name : new String[] {"builds", "fresh", "full", "archive", LONG_NAME}) {
                        open(window, engine, name);
                        window.shoot("detail-" + (name.equals(LONG_NAME) ? "long-name" : name) + suffix);
                    }
                    open(window, engine, "builds");
                    scroll(1);
                    window.shoot("detail-lower" + suffix);
                    scroll(0);
                    runOnFx(() -> robot.lookup("#heat-map").query().requestFocus());
                    robot.type(KeyCode.DOWN, 3).type(KeyCode.RIGHT, 9);
                    window.shoot("detail-pointing" + suffix);
                    robot.type(KeyCode.ENTER);
                    pass(engine, 6);
                    window.shoot("detail-zoomed" + suffix);
                    runOnFx(() -> robot.lookup("#change").queryButton().fire());
                    window.shoot("detail-change" + suffix);
                    robot.type(KeyCode.ESCAPE);
                    runOnFx(() -> robot.lookup("#resize").queryButton().fire());
                    robot.write("8G");
                    window.shoot("detail-resize" + suffix);
                    robot.type(KeyCode.ESCAPE);
                }
            }
        }
    }

    @Test
    void picturesOfOtherVolumes() {
        FakeEngine engine = engine();
        engine.volumes().addSome();
        for (int[] size : new int[][] {{1440, 900}, {1024, 700}}) {
            try (TestWindow window =
                    TestWindow.open(() -> engine, directory.resolve("gui.properties"), size[0], size[1])) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> window.window().shell().sceneryProperty().get() == ShellModel.Scenery.PAGE);
                for (ThemeChoice theme : new ThemeChoice[] {ThemeChoice.DARK, ThemeChoice.LIGHT}) {
                    window.theme(theme);
                    String suffix = "-" + theme.key() + "-" + size[0] + "x" + size[1];
                    for (String title : new String[] {"/home/user/build", "/mnt/zram", "/mnt/keys"}) {
                        runOnFx(() -> window.window().shell().goTo(new Page.Volume(title)));
                        pass(engine, 12);
                        window.shoot("detail" + title.replace('/', '-') + suffix);
                        assertThat(robot.lookup("#volume-chart").query().isVisible())
                                .isTrue();
                    }
                    robot.type(KeyCode.ESCAPE);
                    assertThat(window.window().shell().page()).isEqualTo(new Page.Volumes());
                }
            }
        }
    }

    private void open(TestWindow window, FakeEngine engine, String name) {
        runOnFx(() -> window.window().shell().goTo(new Page.Disk(name)));
        pass(engine, 6);
        Awaitility.await()
                .until(() -> robot.lookup("#map-line").queryLabeled().getText().contains(" "));
        pass(engine, 2);
        Node map = robot.lookup("#heat-map").query();
        assertThat(map.getLayoutBounds().getWidth()).isGreaterThan(300);
    }

    private void scroll(double share) {
        runOnFx(() -> robot.lookup("#disk-page").queryAs(ScrollPane.class).setVvalue(share));
    }
}
