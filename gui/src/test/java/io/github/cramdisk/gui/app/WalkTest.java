// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.StepKind;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.theme.ThemeChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.CheckBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;

/**
 * Walks over every page and dialog, in each language and at the smallest and a usual size, and looks at every node:
 * nothing that takes the focus is without words for a screen reader, no text is cut off or lies over another.
 */
@Tag("long")
final class WalkTest {
    private final FxRobot robot = new FxRobot();
    private final List<String> faults = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void english() {
        Texts.use(Locale.ENGLISH);
    }

    static FakeEngine fullEngine() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.add(DiskSpec.of("a-very-long-name-that-somebody-chose-for-the-disk-of-their-build", ByteSize.ofGibi(16)))
                .holding(700 << 20, 3.1)
                .busy(2 << 20);
        engine.volumes().addSome();
        engine.volumes()
                .add(io.github.cramdisk.gui.FakeVolumes.tmpfs("/mnt/nearly-full", 1L << 30, 1_020L << 20, false));
        engine.volumes()
                .find(Finding.of(
                        "zram-writes-failed",
                        Finding.Severity.PROBLEM,
                        "cramdisk zram reset /dev/zram1",
                        "/dev/zram1",
                        17))
                .find(Finding.of(
                        "zswap-beside-zram", Finding.Severity.WARNING, "echo N > /sys/module/zswap/parameters/enabled"))
                .find(Finding.of("remove-ipc", Finding.Severity.HINT, null, "/dev/shm/cramdisk-1000"));
        engine.happened(EventKind.DISK_WATERMARK, EngineEvent.Severity.WARNING, "builds", "builds", 90, "1.8G", "2G");
        engine.happened(EventKind.DISK_FULL_WAITING, EngineEvent.Severity.PROBLEM, "builds", "builds", "2G", "30 s");
        engine.happened(EventKind.WRITES_RELEASED, EngineEvent.Severity.INFO, "builds", "builds");
        engine.attachDisk(
                "vm-scratch",
                AttachSpec.with(DeviceFilesystem.of(FilesystemType.EXT4, "/home/user/where/machines/have/room")));
        engine.jobs.add(new JobInfo(
                7,
                JobKind.ATTACH,
                "vm-scratch",
                JobState.RUNNING,
                "making ext4",
                0.4,
                null,
                1_000,
                true,
                StepKind.MAKING,
                List.of("ext4")));
        return engine;
    }

    @ParameterizedTest
    @CsvSource({"en,1024,700", "en,1440,900", "de,1024,700", "de,1440,900"})
    void everyPageCanBeReadAndSpoken(String language, double width, double height) {
        Texts.use(Locale.forLanguageTag(language));
        FakeEngine engine = fullEngine();
        try (TestWindow window = TestWindow.open(() -> engine, directory.resolve("gui.properties"), width, height)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> window.window().shell().sceneryProperty().get() == ShellModel.Scenery.PAGE);
            window.theme(ThemeChoice.LIGHT);
            pass(engine, 60);
            String suffix = "-" + language + "-" + (int) width;
            List<Page> pages = new ArrayList<>(ShellModel.MAIN);
            pages.add(new Page.Activity());
            pages.add(new Page.Settings());
            pages.add(new Page.Disk("builds"));
            pages.add(new Page.Disk("vm-scratch"));
            pages.add(new Page.Disk("a-very-long-name-that-somebody-chose-for-the-disk-of-their-build"));
            for (Page page : pages) {
                runOnFx(() -> window.window().shell().goTo(page));
                pass(engine, 2);
                look(window, "walk-" + page.getClass().getSimpleName().toLowerCase(Locale.ROOT) + suffix);
            }
            compare(window, suffix);
            dialogs(window, suffix);
            engine.die();
            Awaitility.await()
                    .until(() -> window.window().shell().sceneryProperty().get() != ShellModel.Scenery.PAGE
                            || robot.lookup("#away").tryQuery().isPresent());
        }
        assertThat(faults).isEmpty();
    }

    private void compare(TestWindow window, String suffix) {
        runOnFx(() -> window.window().shell().goTo(new Page.Compare()));
        runOnFx(() -> robot.lookup("#compare-folder").queryAs(TextField.class).setText("Pictures"));
        look(window, "walk-compare-wrong" + suffix);
        runOnFx(() -> robot.lookup("#compare-folder")
                .queryAs(TextField.class)
                .setText("/home/user/where/pictures/have/been/for/years"));
        runOnFx(() -> robot.lookup("#compare-start").queryButton().fire());
        Awaitility.await().until(() -> robot.lookup("#compare-result").query().isVisible());
        look(window, "walk-compare-result" + suffix);
        runOnFx(() -> ((ScrollPane) robot.lookup("#compare").query()).setVvalue(1));
        look(window, "walk-compare-numbers" + suffix);
    }

    private void dialogs(TestWindow window, String suffix) {
        runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
        robot.push(KeyCode.CONTROL, KeyCode.N);
        runOnFx(() -> robot.lookup("#mounted").queryAs(CheckBox.class).fire());
        look(window, "walk-create" + suffix);
        runOnFx(() -> robot.lookup("#attach-more").queryAs(ToggleButton.class).fire());
        runOnFx(() -> robot.lookup(".form-scroll").queryAs(ScrollPane.class).setVvalue(1));
        look(window, "walk-create-more" + suffix);
        robot.type(KeyCode.ESCAPE);
        runOnFx(() -> window.window().shell().goTo(new Page.Disk("builds")));
        runOnFx(() -> robot.lookup("#mount").queryButton().fire());
        look(window, "walk-mount" + suffix);
        runOnFx(() -> robot.lookup("#attach-more").queryAs(ToggleButton.class).fire());
        look(window, "walk-mount-more" + suffix);
        runOnFx(() ->
                robot.lookup("#attach-as-swap").queryAs(ToggleButton.class).fire());
        look(window, "walk-mount-swap" + suffix);
        robot.type(KeyCode.ESCAPE);
        runOnFx(() -> window.window().shell().goTo(new Page.Volumes()));
        for (String form : List.of("new-tmpfs", "new-ramfs", "new-zram")) {
            runOnFx(() -> robot.lookup("#new-volume").queryAs(MenuButton.class).getItems().stream()
                    .filter(item -> form.equals(item.getId()))
                    .forEach(MenuItem::fire));
            runOnFx(() -> robot.lookup("#more").queryAs(ToggleButton.class).fire());
            look(window, "walk-" + form + suffix);
            robot.type(KeyCode.ESCAPE);
        }
        runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
        runOnFx(() -> robot.lookup("#card-builds").query().requestFocus());
        robot.type(KeyCode.DELETE);
        look(window, "walk-remove" + suffix);
        robot.type(KeyCode.ESCAPE);
    }

    private void look(TestWindow window, String name) {
        window.shoot(name);
        faults.addAll(
                onFx(() -> SceneCheck.faultsOf(name, window.stage().getScene().getRoot())));
    }
}
