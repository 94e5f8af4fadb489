// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import io.github.cramdisk.gui.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** The page of all volumes as a person uses it, over an engine with made-up volumes. */
final class VolumesPageTest {
    private static final String INSTALL = "sudo /opt/cramdisk/installer/install-helper";

    private final FxRobot robot = new FxRobot();
    private final FakeEngine engine = FakeEngine.withThreeDisks();
    private final AtomicReference<@Nullable TestWindow> opened = new AtomicReference<>();

    @TempDir
    Path directory;

    private void open() {
        TestWindow window = TestWindow.open(() -> engine, directory.resolve("gui.properties"), 1200, 800);
        opened.set(window);
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        onFx(() -> window.window().shell().sceneryProperty().get()) == ShellModel.Scenery.PAGE);
        robot.clickOn("#nav-volumes");
    }

    @AfterEach
    void close() {
        TestWindow window = opened.get();
        if (window != null) {
            window.close();
        }
    }

    private boolean isThere(String selector) {
        return robot.lookup(selector).tryQuery().filter(Node::isVisible).isPresent();
    }

    private void awaitThere(String selector) {
        await().until(() -> isThere(selector));
    }

    /** The card of what was made, on the first page. */
    private void awaitCard(String selector) {
        await().until(() -> !isThere(".dialog-card"));
        TestWindow.pass(engine, 1);
        awaitThere(selector);
    }

    private String text(String selector) {
        return robot.lookup(selector).queryAs(Label.class).getText();
    }

    private void newVolume(String id) {
        robot.clickOn("#new-volume").clickOn("#" + id);
    }

    @Test
    void listsWhatIsOursAndWhatElseIsInMemory() {
        engine.volumes().addSome();
        engine.volumes().warn(Warning.of(WarningKind.MEMORY_OVERCOMMITTED, "35.0 GiB", "24.0 GiB", "0 B"));
        open();
        awaitThere("#volume-home-user-build");
        assertThat(isThere("#volume-dev-shm")).isTrue();
        assertThat(isThere("#volumes-warning")).isTrue();
        assertThat(robot.lookup("Also in memory").tryQuery()).isPresent();
    }

    @Test
    void offersTheFirstScratchSpaceWhileThereIsNone() {
        open();
        awaitThere("#empty-new-tmpfs");
        robot.clickOn("#empty-new-tmpfs");
        awaitThere("#tmpfs-dialog");
    }

    @Test
    void mountsWhatTheFormSays() {
        open();
        newVolume("new-tmpfs");
        Button mount = robot.lookup("#mount").queryAs(Button.class);
        assertThat(mount.isDisabled()).isTrue();
        robot.write("relative");
        assertThat(robot.lookup(ErrorKind.INVALID_TARGET.sentence("relative", "it is not an absolute path"))
                        .tryQuery())
                .isPresent();
        robot.clickOn("#target").push(KeyCode.CONTROL, KeyCode.A).write("/mnt/typed");
        assertThat(text("#command")).isEqualTo("cramdisk tmpfs mount /mnt/typed --size 1G --mkdir");
        robot.type(KeyCode.ENTER);
        awaitCard("#card-mnt-typed");
        assertThat(isThere("#tmpfs-dialog")).isFalse();
    }

    @Test
    void keepsWhatWasTypedWhenTheHelperIsMissing() {
        open();
        newVolume("new-tmpfs");
        robot.write("/mnt/typed");
        engine.volumes().refuseNext(new CramdiskException(ErrorKind.HELPER_MISSING, INSTALL));
        robot.type(KeyCode.ENTER);
        awaitThere("#refusal-command");
        assertThat(text("#refusal-command")).isEqualTo(INSTALL);
        assertThat(text("#engine-error")).doesNotContain(INSTALL).contains("not installed");
        assertThat(robot.lookup("#target").queryAs(TextField.class).getText()).isEqualTo("/mnt/typed");
        robot.type(KeyCode.ENTER);
        awaitCard("#card-mnt-typed");
    }

    @Test
    void saysWhoMayWhenItIsDenied() {
        open();
        newVolume("new-tmpfs");
        robot.write("/mnt/typed");
        engine.volumes()
                .refuseNext(new CramdiskException(
                        ErrorKind.NOT_AUTHORISED, "mount a tmpfs at /mnt/typed", "io.github.cramdisk.helper.mount"));
        robot.type(KeyCode.ENTER);
        awaitThere("#refusal-command");
        assertThat(text("#engine-error")).startsWith("You are not authorised to mount a tmpfs at /mnt/typed.");
        assertThat(isThere("#tmpfs-dialog")).isTrue();
    }

    @Test
    void saysWhoKeepsAVolumeBusy() {
        engine.volumes().addSome();
        open();
        awaitThere("#volume-home-user-build");
        runOnFx(() -> robot.lookup("#menuvolume-home-user-build").queryAs(MenuButton.class).getItems().stream()
                .filter(item -> item.getText().startsWith("Unmount"))
                .forEach(javafx.scene.control.MenuItem::fire));
        awaitThere("#erase-users");
        robot.clickOn("#erase-confirm");
        awaitThere("#engine-error");
        assertThat(text("#engine-error")).contains("gradle (4711)");
        assertThat(text("#refusal-command")).endsWith("unmount /home/user/build --lazy");
    }
}
