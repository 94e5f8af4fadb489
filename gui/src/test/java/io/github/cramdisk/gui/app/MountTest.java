// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.gui.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** From a disk to a folder and back, with pointer and keyboard, over an engine with made-up numbers. */
final class MountTest {
    private final FxRobot robot = new FxRobot();

    @TempDir
    Path directory;

    private TestWindow open(FakeEngine engine) {
        TestWindow window = TestWindow.open(() -> engine, directory.resolve("gui.properties"), 1024, 700);
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        onFx(() -> window.window().shell().sceneryProperty().get()) == ShellModel.Scenery.PAGE);
        runOnFx(() -> window.window().shell().goTo(new Page.Disk("builds")));
        pass(engine, 2);
        return window;
    }

    private boolean isThere(String selector) {
        return onFx(() -> {
            for (Node at = robot.lookup(selector).tryQuery().orElse(null); at != null; at = at.getParent()) {
                if (!at.isVisible()) {
                    return false;
                }
                if (at == at.getScene().getRoot()) {
                    return true;
                }
            }
            return false;
        });
    }

    private String text(String selector) {
        return onFx(() -> robot.lookup(selector).queryLabeled().getText());
    }

    @Test
    void mountsADiskAndUnmountsIt() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        try (TestWindow window = open(engine)) {
            assertThat(text("#attachment-words")).isEqualTo("Not mounted");
            window.shoot("mount-before");
            robot.clickOn("#mount");
            assertThat(isThere("#attach-dialog")).isTrue();
            runOnFx(() ->
                    robot.lookup("#attach-target").queryAs(TextField.class).setText("/mnt/builds"));
            assertThat(text("#command")).isEqualTo("cramdisk disk attach builds --mount /mnt/builds --mkdir");
            window.shoot("mount-form");
            robot.clickOn("#attach-disk");
            await().until(() -> !isThere("#attach-dialog"));
            pass(engine, 1);
            assertThat(text("#attachment-words")).isEqualTo("Mounted at /mnt/builds");
            assertThat(text("#attachment-note")).isEqualTo("/dev/nbd0 · ext4");
            assertThat(isThere("#open-folder")).isTrue();
            assertThat(isThere("#mount")).isFalse();
            window.shoot("mount-mounted");

            engine.refuseNextAttach(new CramdiskException(ErrorKind.VOLUME_BUSY, "/mnt/builds", "make (4711)"));
            robot.clickOn("#unmount");
            await().until(() -> isThere("#attachment-engine-error"));
            assertThat(text("#attachment-engine-error")).contains("make (4711)");
            window.shoot("mount-busy");
            robot.clickOn("#unmount");
            await().until(() -> text("#attachment-words").equals("Not mounted"));
            assertThat(engine.attached).isEmpty();
            assertThat(isThere("#attachment-engine-error")).isFalse();
        }
    }

    @Test
    void aDeniedMountSaysWhoMayAndKeepsTheForm() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        try (TestWindow window = open(engine)) {
            robot.clickOn("#mount");
            engine.refuseNextAttach(
                    new CramdiskException(ErrorKind.NOT_AUTHORISED, "attach a disk", "io.github.cramdisk.attach-disk"));
            robot.clickOn("#attach-disk");
            await().until(() -> isThere("#engine-error"));
            assertThat(text("#engine-error")).startsWith("You are not authorised to attach a disk.");
            assertThat(text("#refusal-command")).contains("io.github.cramdisk.attach-disk");
            assertThat(engine.attached).isEmpty();
            window.shoot("mount-denied");
            robot.clickOn("#attach-disk");
            await().until(() -> !isThere("#attach-dialog"));
            assertThat(engine.attached).containsKey("builds");
        }
    }

    @Test
    void showsTheStepAndStopsIt() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.jobs.add(
                new JobInfo(9, JobKind.ATTACH, "builds", JobState.RUNNING, "making ext4", 0.4, null, 1_000, true));
        try (TestWindow window = open(engine)) {
            assertThat(text("#attachment-step")).isEqualTo("making ext4");
            assertThat(isThere("#mount")).isFalse();
            window.shoot("mount-step");
            robot.clickOn("#attachment-stop");
            await().until(() -> engine.cancelled.contains(9L));
            engine.jobs.clear();
            pass(engine, 1);
            assertThat(isThere("#attachment-job")).isFalse();
            assertThat(isThere("#mount")).isTrue();
        }
    }

    @Test
    void aNewDiskIsMountedInTheSameForm() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        try (TestWindow window = open(engine)) {
            runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
            robot.push(KeyCode.CONTROL, KeyCode.N);
            runOnFx(() -> robot.lookup("#name").queryAs(TextField.class).setText("fresh"));
            assertThat(isThere("#attach-target")).isFalse();
            runOnFx(() -> robot.lookup("#mounted").queryAs(CheckBox.class).fire());
            assertThat(isThere("#attach-target")).isTrue();
            runOnFx(() -> robot.lookup(".form-scroll").queryAs(ScrollPane.class).setVvalue(1));
            window.shoot("mount-create");
            engine.refuseNextAttach(new CramdiskException(ErrorKind.HELPER_MISSING, "sudo installer/install-helper"));
            runOnFx(() -> robot.lookup("#create").queryButton().fire());
            await().until(() -> isThere("#engine-error"));
            assertThat(text("#refusal-advice")).contains("“fresh” was created and stays");
            runOnFx(() -> robot.lookup(".form-scroll").queryAs(ScrollPane.class).setVvalue(1));
            window.shoot("mount-create-refused");
            runOnFx(() -> robot.lookup("#create").queryButton().fire());
            await().until(() -> !isThere("#create-dialog"));
            assertThat(engine.attached).containsKey("fresh");
        }
    }
}
