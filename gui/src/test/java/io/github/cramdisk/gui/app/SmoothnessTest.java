// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Tasks;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window's thread is never held for longer than a frame of 60 a second while numbers arrive. */
@Tag("long")
final class SmoothnessTest {
    private static final Duration FRAME = Duration.ofMillis(16);
    /** A collection of garbage or a compiler that gets in between is nobody's fault. */
    private static final double MOST = 0.95;

    private static final int WARM_UP = 20;
    private static final int TICKS = 40;

    @TempDir
    Path directory;

    private static List<Page> pages() {
        List<Page> pages = new ArrayList<>(ShellModel.MAIN);
        pages.add(new Page.Activity());
        pages.add(new Page.Settings());
        pages.add(new Page.Disk("builds"));
        pages.add(new Page.Disk("archive"));
        pages.add(new Page.Volume("/mnt/zram"));
        return pages;
    }

    @Test
    void noTaskHoldsTheWindowLongerThanAFrame() {
        FakeEngine engine = WalkTest.fullEngine();
        engine.add(DiskSpec.of("archive", ByteSize.ofGibi(1024)))
                .holding(310L << 30, 3.4)
                .busy(200 << 20);
        FxLoad load = new FxLoad();
        try (TestWindow window = TestWindow.open(
                () -> engine, directory.resolve("gui.properties"), 1440, 900, Tasks.withWindowThread(load.window()))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> window.window().shell().sceneryProperty().get() == ShellModel.Scenery.PAGE);
            runOnFx(() -> load.watch(window.stage().getScene()));
            List<String> tooLong = new ArrayList<>();
            for (Page page : pages()) {
                runOnFx(() -> window.window().shell().goTo(page));
                pass(engine, WARM_UP);
                load.clear();
                pass(engine, TICKS);
                assertThat(load.count()).as("tasks on %s", page).isGreaterThanOrEqualTo(TICKS);
                String line = String.format(
                        "%-40s %4d tasks and frames, median %.2f ms, 95 %% below %.2f ms, longest %.2f ms",
                        page, load.count(), millis(load.below(0.5)), millis(load.below(MOST)), millis(load.below(1)));
                System.out.println(line);
                if (load.below(MOST).compareTo(FRAME) > 0) {
                    tooLong.add(line);
                }
            }
            assertThat(tooLong).isEmpty();
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /** Without this, a monitor that sees nothing would find every window smooth. */
    @Test
    void theMonitorSeesATaskThatIsTooLong() {
        FxLoad load = new FxLoad();
        Tasks tasks = Tasks.withWindowThread(load.window());
        var threads = ManagementFactory.getThreadMXBean();
        tasks.onWindow(() -> {
            long end = threads.getCurrentThreadCpuTime() + FRAME.plusMillis(4).toNanos();
            while (threads.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
        });
        Awaitility.await().until(() -> load.count() == 1);
        assertThat(load.below(MOST)).isGreaterThan(FRAME);
        tasks.close();
    }
}
