// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.theme.ThemeChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.TextField;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;

/** A picture of every page in every look, on an ordinary and on a fine screen, and on a very large one. */
@Tag("long")
final class PagePicturesTest {
    private final FxRobot robot = new FxRobot();

    @TempDir
    Path directory;

    private static Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        ShellModel.MAIN.forEach(
                page -> pages.put(page.getClass().getSimpleName().toLowerCase(Locale.ROOT), page));
        pages.put("activity", new Page.Activity());
        pages.put("settings", new Page.Settings());
        pages.put("disk", new Page.Disk("builds"));
        pages.put("volume", new Page.Volume("/mnt/zram"));
        return pages;
    }

    @ParameterizedTest
    @CsvSource({"1280,820,1", "1280,820,2", "3840,2160,1"})
    void everyPageInEveryLook(double width, double height, int scale) {
        FakeEngine engine = WalkTest.fullEngine();
        try (TestWindow window = TestWindow.open(() -> engine, directory.resolve("gui.properties"), width, height)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> window.window().shell().sceneryProperty().get() == ShellModel.Scenery.PAGE);
            pass(engine, 120);
            runOnFx(() -> window.window().shell().goTo(new Page.Compare()));
            runOnFx(() ->
                    robot.lookup("#compare-folder").queryAs(TextField.class).setText("/home/user/Pictures"));
            runOnFx(() -> robot.lookup("#compare-start").queryButton().fire());
            for (ThemeChoice look : List.of(ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST)) {
                window.theme(look);
                pages().forEach((name, page) -> {
                    runOnFx(() -> window.window().shell().goTo(page));
                    pass(engine, 3);
                    window.shoot(
                            "page-" + name + "-" + look.key() + "-" + (int) width
                                    + (scale == 1 ? "" : "@" + scale + "x"),
                            scale);
                });
            }
            assertThat(window.window().shell().page()).isEqualTo(new Page.Volume("/mnt/zram"));
        }
    }
}
