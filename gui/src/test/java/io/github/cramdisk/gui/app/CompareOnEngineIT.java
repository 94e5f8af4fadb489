// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** A folder compared in the window by the real engine. */
final class CompareOnEngineIT {
    private static final Duration PATIENCE = PrivateEngine.PATIENCE.multipliedBy(2);
    private static final int FILES = 16;
    private static final int FILE_BYTES = 1 << 20;
    /** tmpfs twice, three disks; zram where the engine may. */
    private static final int LEAST_RIVALS = 5;

    private final FxRobot robot = new FxRobot();
    private @Nullable PrivateEngine machine;

    @BeforeEach
    void prepare() throws IOException {
        machine = new PrivateEngine();
        Path files = Files.createDirectory(machine.home().resolve("files"));
        Random random = new Random(7);
        byte[] text = new byte[FILE_BYTES];
        for (int i = 0; i < FILES; i++) {
            for (int at = 0; at < text.length; at++) {
                text[at] = (byte) ('a' + random.nextInt(6));
            }
            Files.write(files.resolve("file" + i), text);
        }
    }

    @AfterEach
    void removeAll() throws IOException {
        machine().close();
    }

    private PrivateEngine machine() {
        return Objects.requireNonNull(machine, "made before each test");
    }

    private boolean isThere(String selector) {
        return onFx(() -> robot.lookup(selector)
                .tryQuery()
                .filter(Node::isVisible)
                .filter(node -> node.getScene() != null)
                .isPresent());
    }

    private String text(String selector) {
        return onFx(() -> robot.lookup(selector).queryAs(Label.class).getText());
    }

    @Test
    void stopsWhenAskedThenComparesAndLeadsToAForm() {
        try (TestWindow window = machine().open()) {
            runOnFx(() -> window.window().shell().goTo(new Page.Compare()));
            robot.clickOn("#compare-folder")
                    .write(machine().home().resolve("nowhere") + "")
                    .type(KeyCode.ENTER);
            await().atMost(PATIENCE).until(() -> isThere("#compare-engine-error"));
            assertThat(text("#compare-engine-error")).contains("nowhere");

            robot.doubleClickOn("#compare-folder").push(KeyCode.CONTROL, KeyCode.A);
            robot.write(machine().home().resolve("files").toString()).clickOn("#compare-start");
            await().atMost(PATIENCE).until(() -> isThere("#compare-stop"));
            window.shoot("engine-comparing");
            robot.clickOn("#compare-stop");
            await().atMost(PATIENCE).until(() -> isThere("#compare-note"));
            try (Engine engine = machine().connect()) {
                assertThat(engine.jobs())
                        .filteredOn(job -> job.kind() == JobKind.COMPARE)
                        .last()
                        .satisfies(job -> assertThat(job.state()).isEqualTo(JobState.CANCELLED));
            }
            assertThat(isThere("#compare-result")).isFalse();

            robot.clickOn("#compare-start");
            await().atMost(PATIENCE).until(() -> isThere("#compare-result"));
            window.shoot("engine-compared");
            assertThat(onFx(() -> robot.lookup("#compare-table")
                            .queryAs(TableView.class)
                            .getItems()
                            .size()))
                    .isGreaterThanOrEqualTo(LEAST_RIVALS);
            assertThat(text("#compare-advice")).startsWith("Use a tmpfs with compressed swap");

            robot.clickOn("#compare-create");
            await().atMost(PATIENCE).until(() -> isThere("#tmpfs-dialog"));
            assertThat(onFx(() -> robot.lookup("#purpose-scratch")
                            .queryAs(ToggleButton.class)
                            .isSelected()))
                    .isTrue();
            assertThat(text("#command")).contains("--size 256M");
        }
    }
}
