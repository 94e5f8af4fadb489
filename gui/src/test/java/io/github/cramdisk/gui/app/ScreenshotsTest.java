// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.theme.ThemeChoice;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** Pictures of every state for people to judge, in both themes; they land in {@code target/screenshots}. */
@Tag("long")
final class ScreenshotsTest {
    private final FxRobot robot = new FxRobot();

    @TempDir
    Path directory;

    private TestWindow open(FakeEngine engine, double width, double height) {
        TestWindow opened = TestWindow.open(() -> engine, directory.resolve("gui.properties"), width, height);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> opened.window().shell().sceneryProperty().get() == ShellModel.Scenery.PAGE);
        return opened;
    }

    @Test
    void picturesOfOverviewAndDisk() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        try (TestWindow window = open(engine, 1440, 900)) {
            pass(engine, 700);
            for (ThemeChoice theme : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
                window.theme(theme);
                String suffix = "-" + theme.key() + "-1440x900";
                runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
                window.shoot("overview" + suffix);
                robot.type(KeyCode.RIGHT, 8);
                window.shoot("overview-drawing" + suffix);
                robot.type(KeyCode.ENTER);
                window.shoot("create" + suffix);
                robot.type(KeyCode.ESCAPE);
                runOnFx(() -> robot.lookup("#edge-builds").query().requestFocus());
                robot.type(KeyCode.RIGHT, 3);
                window.shoot("overview-resizing" + suffix);
                robot.type(KeyCode.ENTER);
                Awaitility.await().until(() -> robot.lookup("#toast").query().isVisible());
                pass(engine, 1);
                window.shoot("overview-resized" + suffix);
                runOnFx(() -> window.window().shell().goTo(new Page.Disk("builds")));
                window.shoot("disk" + suffix);
                // The display of a test run is narrower than this window: no pointer reaches the menu.
                runOnFx(() -> robot.lookup("#disk-menu").queryAs(MenuButton.class).getItems().stream()
                        .filter(item -> "remove".equals(item.getId()))
                        .forEach(MenuItem::fire));
                window.shoot("remove" + suffix);
                robot.type(KeyCode.ESCAPE);
            }
        }
    }

    @Test
    void picturesOfTheSmallestWindow() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        engine.add(DiskSpec.of("a-very-long-name-that-somebody-chose-for-the-disk-of-their-build", ByteSize.ofGibi(16)))
                .holding(700 << 20, 3.1)
                .busy(2 << 20);
        try (TestWindow window = open(engine, Window.LEAST_WIDTH, Window.LEAST_HEIGHT)) {
            pass(engine, 60);
            for (ThemeChoice theme : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
                window.theme(theme);
                String suffix = "-" + theme.key() + "-1024x700";
                runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
                window.shoot("overview" + suffix);
                robot.push(KeyCode.CONTROL, KeyCode.N);
                window.shoot("create" + suffix);
                robot.write("builds");
                robot.clickOn("#codec-zstd")
                        .clickOn("#limited")
                        .doubleClickOn("#limit")
                        .write("1M");
                window.shoot("create-wrong" + suffix);
                robot.doubleClickOn("#name").write("ok").doubleClickOn("#size").write("40G");
                robot.doubleClickOn("#limit").write("24G");
                window.shoot("create-warning" + suffix);
                robot.type(KeyCode.ESCAPE);
                runOnFx(() -> window.window()
                        .shell()
                        .goTo(new Page.Disk("a-very-long-name-that-somebody-chose-for-the-disk-of-their-build")));
                window.shoot("disk" + suffix);
                robot.clickOn("#disk-menu").clickOn("#reset");
                window.shoot("reset" + suffix);
                robot.type(KeyCode.ESCAPE);
                robot.type(KeyCode.TAB, 3);
                window.shoot("disk-focus" + suffix);
            }
        }
    }

    @Test
    void picturesOfTheConfiguration() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        engine.configuration().severalFiles = true;
        try (TestWindow window = open(engine, 1440, 900)) {
            for (ThemeChoice theme : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
                window.theme(theme);
                String suffix = "-" + theme.key() + "-1440x900";
                runOnFx(() -> window.window().shell().goTo(new Page.Configuration()));
                Awaitility.await()
                        .until(() -> robot.lookup(".line-file").tryQuery().isPresent());
                window.shoot("configuration" + suffix);
                runOnFx(() -> ((ToggleButton) robot.lookup("#config-difference").query()).fire());
                Awaitility.await()
                        .until(() -> robot.lookup(".line-added").tryQuery().isPresent());
                window.shoot("configuration-difference" + suffix);
                runOnFx(() -> ((ToggleButton) robot.lookup("#config-difference").query()).fire());
                runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
            }
        }
    }

    @Test
    void picturesOfTheVolumes() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        engine.volumes().warn(Warning.of(WarningKind.MEMORY_OVERCOMMITTED, "35.0 GiB", "24.0 GiB", "0 B"));
        for (int[] size : new int[][] {{1440, 900}, {1024, 700}}) {
            try (TestWindow window = open(engine, size[0], size[1])) {
                for (ThemeChoice theme : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
                    window.theme(theme);
                    String suffix = "-" + theme.key() + "-" + size[0] + "x" + size[1];
                    runOnFx(() -> window.window().shell().goTo(new Page.Volumes()));
                    Awaitility.await()
                            .until(() -> robot.lookup("#volume-home-user-build")
                                    .tryQuery()
                                    .isPresent());
                    window.shoot("volumes" + suffix);
                    choose("new-tmpfs");
                    robot.write("/home/user/scratch");
                    window.shoot("tmpfs" + suffix);
                    runOnFx(() ->
                            robot.lookup("#more").queryAs(ToggleButton.class).fire());
                    window.shoot("tmpfs-more" + suffix);
                    runOnFx(() ->
                            robot.lookup("#more").queryAs(ToggleButton.class).fire());
                    engine.volumes()
                            .refuseNext(new CramdiskException(
                                    ErrorKind.HELPER_MISSING, "sudo /opt/cramdisk/installer/install-helper"));
                    robot.type(KeyCode.ENTER);
                    Awaitility.await()
                            .until(() ->
                                    robot.lookup("#refusal-command").query().isVisible());
                    window.shoot("tmpfs-helper-missing" + suffix);
                    robot.type(KeyCode.ESCAPE);
                    choose("new-zram");
                    window.shoot("zram" + suffix);
                    runOnFx(() -> robot.lookup("#purpose-swap")
                            .queryAs(ToggleButton.class)
                            .fire());
                    window.shoot("swap" + suffix);
                    robot.type(KeyCode.ESCAPE);
                    choose("new-ramfs");
                    window.shoot("ramfs" + suffix);
                    robot.type(KeyCode.ESCAPE);
                }
            }
        }
    }

    private void choose(String id) {
        runOnFx(() -> robot.lookup("#new-volume").queryAs(MenuButton.class).getItems().stream()
                .filter(item -> id.equals(item.getId()))
                .forEach(MenuItem::fire));
    }

    @Test
    void picturesOfTheEmptyState() {
        FakeEngine engine = new FakeEngine();
        try (TestWindow window = open(engine, 1440, 900)) {
            pass(engine, 2);
            for (ThemeChoice theme : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
                window.theme(theme);
                window.shoot("empty-" + theme.key() + "-1440x900");
            }
            Node empty = robot.lookup("#empty").query();
            assertThat(empty.isVisible()).isTrue();
        }
    }

    @Test
    void picturesOfTheMissingEngine() {
        try (TestWindow window = TestWindow.open(
                () -> {
                    throw new CramdiskException(
                            ErrorKind.ENGINE_UNAVAILABLE,
                            "it is not running, and /opt/cramdisk/bin/cramdisk-engine cannot be executed."
                                    + " Is the installation complete?");
                },
                directory.resolve("gui.properties"),
                1440,
                900)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> window.window().shell().sceneryProperty().get() == ShellModel.Scenery.NO_ENGINE);
            for (ThemeChoice theme : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
                window.theme(theme);
                window.shoot("no-engine-" + theme.key() + "-1440x900");
            }
            robot.clickOn("#details");
            window.shoot("no-engine-details-dark-1440x900");
        }
    }
}
