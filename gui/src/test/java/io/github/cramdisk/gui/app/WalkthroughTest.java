// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.theme.ThemeChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/**
 * Goes the way of {@code gui/docs/walkthrough.md}, from the first start to a mounted compressed disk, and makes its pictures.
 * They land in {@code target/screenshots}; to take them over, copy them to {@code gui/docs/pictures}.
 */
final class WalkthroughTest {
    private static final Path DOCS = Path.of("docs");
    private static final Pattern PICTURE = Pattern.compile("pictures/([a-z0-9-]+)\\.png");

    private final FxRobot robot = new FxRobot();
    private final List<String> made = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void fromTheFirstStartToAMountedDisk() throws IOException {
        FakeEngine engine = new FakeEngine();
        try (TestWindow window = TestWindow.open(() -> engine, directory.resolve("gui.properties"), 1024, 700)) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            onFx(() -> window.window().shell().sceneryProperty().get()) == ShellModel.Scenery.PAGE);
            window.theme(ThemeChoice.LIGHT);
            pass(engine, 3);
            assertThat(robot.lookup("#empty").query().isVisible()).isTrue();
            shoot(window, "walkthrough-1-first-start");

            Bounds free = onFx(() -> {
                Node part = robot.lookup(".part-free").query();
                return part.localToScreen(part.getBoundsInLocal());
            });
            robot.moveTo(free.getMinX() + 30, free.getCenterY()).press(MouseButton.PRIMARY);
            robot.moveTo(free.getMinX() + 155, free.getCenterY());
            assertThat(robot.lookup(".size-bubble").query().isVisible()).isTrue();
            shoot(window, "walkthrough-2-drawing");
            robot.release(MouseButton.PRIMARY);

            runOnFx(() -> {
                robot.lookup("#name").queryAs(TextField.class).setText("builds");
                robot.lookup("#mounted").queryAs(CheckBox.class).fire();
                robot.lookup("#attach-target").queryAs(TextField.class).setText("/home/user/builds");
            });
            assertThat(onFx(() -> robot.lookup("#command").queryLabeled().getText()))
                    .contains("cramdisk disk create builds", "--mount /home/user/builds");
            shoot(window, "walkthrough-3-form");
            runOnFx(() -> robot.lookup(".form-scroll").queryAs(ScrollPane.class).setVvalue(1));
            shoot(window, "walkthrough-4-folder");
            runOnFx(() -> robot.lookup("#create").queryButton().fire());
            await().until(() -> engine.attached.containsKey("builds"));
            long size = engine.showDisk("builds").sizeBytes();
            pass(engine, 2);
            await().until(() ->
                    onFx(() -> robot.lookup("#card-builds").tryQuery().isPresent()));

            // Somebody copies files into the folder.
            engine.add(DiskSpec.of("builds", new ByteSize(size)))
                    .holding(size * 6 / 10, 2.4)
                    .busy(24 << 20);
            pass(engine, 130);
            shoot(window, "walkthrough-5-overview");

            robot.clickOn("#card-builds");
            pass(engine, 6);
            assertThat(onFx(() ->
                            robot.lookup("#attachment-words").queryLabeled().getText()))
                    .isEqualTo("Mounted at /home/user/builds");
            shoot(window, "walkthrough-6-disk");
        }
        assertThat(made).isEqualTo(namedIn(DOCS.resolve("walkthrough.md")));
        for (String picture : made) {
            assertThat(DOCS.resolve("pictures/" + picture + ".png")).isNotEmptyFile();
        }
    }

    private void shoot(TestWindow window, String name) {
        window.shoot(name);
        made.add(name);
    }

    private static List<String> namedIn(Path document) throws IOException {
        return PICTURE.matcher(Files.readString(document))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
