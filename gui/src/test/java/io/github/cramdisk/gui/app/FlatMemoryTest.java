// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.gui.FakeEngine;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Scene;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javax.management.JMException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** What the window has shown and left is forgotten: it can be used for days, and opened and closed, without growing. */
@Tag("long")
final class FlatMemoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int FIRST_ROUNDS = 3;
    private static final int ROUNDS = 8;
    /** A page that stays takes more in so many rounds; caches of the toolkit take less. */
    private static final long MOST_GROWTH_BYTES = 2 << 20;

    private static final Pattern HISTOGRAM_LINE = Pattern.compile("^ *[0-9]+: +[0-9]+ +([0-9]+) +([^ ]+)");

    private final FxRobot robot = new FxRobot();

    @TempDir
    Path directory;

    @Test
    void goingOverAllPagesAndDialogsAgainAndAgainKeepsNothing() {
        FakeEngine engine = WalkTest.fullEngine();
        try (TestWindow window = TestWindow.open(() -> engine, directory.resolve("gui.properties"), 1280, 820)) {
            awaitPage(window);
            // The lines of the last minute are full from then on.
            pass(engine, 130);
            for (int i = 0; i < FIRST_ROUNDS; i++) {
                round(window, engine);
            }
            long before = retainedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round(window, engine);
            }
            long after = retainedBytes();
            System.out.printf(
                    "retained after %d rounds %.1f MiB, after %d more %.1f MiB%n",
                    FIRST_ROUNDS, before / 1048576.0, ROUNDS, after / 1048576.0);
            assertThat(after - before).isLessThan(MOST_GROWTH_BYTES);
        }
    }

    private void round(TestWindow window, FakeEngine engine) {
        List<Page> pages = new ArrayList<>(ShellModel.MAIN);
        pages.add(new Page.Activity());
        pages.add(new Page.Settings());
        pages.add(new Page.Disk("builds"));
        pages.add(new Page.Disk("vm-scratch"));
        pages.add(new Page.Volume("/mnt/zram"));
        for (Page page : pages) {
            runOnFx(() -> window.window().shell().goTo(page));
            pass(engine, 2);
        }
        runOnFx(() -> window.window().shell().goTo(new Page.Disk("builds")));
        for (String button : List.of("#resize", "#change", "#mount")) {
            runOnFx(() -> robot.lookup(button).queryButton().fire());
            pass(engine, 1);
            robot.type(KeyCode.ESCAPE);
        }
        runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
        robot.push(KeyCode.CONTROL, KeyCode.N).type(KeyCode.ESCAPE);
        runOnFx(() -> window.window().shell().goTo(new Page.Volumes()));
        for (String form : List.of("new-tmpfs", "new-zram")) {
            runOnFx(() -> robot.lookup("#new-volume").queryAs(MenuButton.class).getItems().stream()
                    .filter(item -> form.equals(item.getId()))
                    .forEach(MenuItem::fire));
            pass(engine, 1);
            robot.type(KeyCode.ESCAPE);
        }
        runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
    }

    @Test
    void aClosedWindowIsForgotten() {
        List<WeakReference<Window>> windows = new ArrayList<>();
        List<WeakReference<Scene>> scenes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FakeEngine engine = WalkTest.fullEngine();
            try (TestWindow window = TestWindow.open(() -> engine, directory.resolve("gui.properties"), 1280, 820)) {
                awaitPage(window);
                runOnFx(() -> window.window().shell().goTo(new Page.Disk("builds")));
                pass(engine, 2);
                windows.add(new WeakReference<>(window.window()));
                scenes.add(new WeakReference<>(window.stage().getScene()));
            }
        }
        // The toolkit may hold on to the last one for its next frame.
        Awaitility.await().atMost(PATIENCE).until(() -> {
            System.gc();
            return alive(windows) <= 1 && alive(scenes) <= 1;
        });
    }

    private static long alive(List<? extends WeakReference<?>> references) {
        return references.stream().filter(reference -> reference.get() != null).count();
    }

    private static void awaitPage(TestWindow window) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> window.window().shell().sceneryProperty().get() == ShellModel.Scenery.PAGE);
    }

    /**
     * Bytes of all objects that are still referenced. Arrays of int are left out: they are the pictures that the renderer
     * without a graphics card keeps, up to a limit of its own.
     */
    private static long retainedBytes() {
        TestWindow.forgetEvents();
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return histogram
                    .lines()
                    .map(HISTOGRAM_LINE::matcher)
                    .filter(Matcher::find)
                    .filter(line -> !line.group(2).equals("[I"))
                    .mapToLong(line -> Long.parseLong(line.group(1)))
                    .sum();
        } catch (JMException e) {
            throw new IllegalStateException("this JVM counts no objects", e);
        }
    }
}
