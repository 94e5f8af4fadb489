// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The page of a disk on the real engine, with a real NBD client that fills the disk. */
final class DiskPageOnEngineIT {
    private static final Duration PATIENCE = PrivateEngine.PATIENCE;
    private static final int HELD_BYTES = 24 << 20;

    private final FxRobot robot = new FxRobot();

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

    private void press(String button) {
        runOnFx(() -> robot.lookup(button).queryAs(ButtonBase.class).fire());
    }

    private static DiskInfo create(PrivateEngine machine, String name, ByteSize size, ByteSize limit) {
        try (Engine engine = machine.connect()) {
            return engine.createDisk(new DiskSpec(name, size, CodecSpec.LZ4, ByteSize.ofKibi(4), limit, false));
        }
    }

    private static Process copy(Path file, String uri) throws IOException {
        return new ProcessBuilder("nbdcopy", file.toString(), uri).inheritIO().start();
    }

    /** Half of every page is noise and half is one letter. */
    private static Path image(PrivateEngine machine, int bytes, int noiseOfTwo) throws IOException {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        for (int i = 0; i < bytes; i++) {
            if (i / 2048 % 2 >= noiseOfTwo) {
                content[i] = 'a';
            }
        }
        return Files.write(machine.home().resolve("image"), content);
    }

    @Test
    void chartMapHistogramAndCodecsTellOfWhatIsOnTheDisk() throws IOException, InterruptedException {
        try (PrivateEngine machine = new PrivateEngine();
                TestWindow window = machine.open()) {
            DiskInfo disk = create(machine, "pictured", ByteSize.ofMebi(256), ByteSize.ofMebi(128));
            assertThat(copy(image(machine, HELD_BYTES, 1), disk.uri()).waitFor())
                    .isZero();
            await().atMost(PATIENCE).until(() -> isThere("#card-pictured"));
            runOnFx(() -> window.window().shell().goTo(new Page.Disk("pictured")));

            await().atMost(PATIENCE).until(() -> text("#map-line").startsWith("256 MiB of addresses"));
            await().atMost(PATIENCE).until(() -> text("#codec-line").contains("of this disk tried"));
            await().atMost(PATIENCE)
                    .until(() -> onFx(() -> String.valueOf(
                                    robot.lookup("#memory-chart").query().getAccessibleText()))
                            .contains("what you stored  24 MiB"));
            runOnFx(() -> robot.lookup("#heat-map").query().requestFocus());
            robot.type(KeyCode.RIGHT);
            assertThat(text("#map-line")).contains("100 % in use");
            robot.type(KeyCode.ENTER);
            await().atMost(PATIENCE).until(() -> isThere("#map-back"));
            window.shoot("engine-page");

            press("#squeeze");
            await().atMost(PATIENCE).until(() -> {
                try (Engine engine = machine.connect()) {
                    return engine.diskStats("pictured").blocks().squeezed() > 0;
                }
            });
            press("#resize");
            runOnFx(() -> {
                robot.lookup("#resize-size").queryAs(TextField.class).setText("512M");
                robot.lookup("#resize-disk").queryButton().fire();
            });
            await().atMost(PATIENCE).until(() -> {
                try (Engine engine = machine.connect()) {
                    return engine.showDisk("pictured").sizeBytes() == 512L << 20;
                }
            });
        }
    }

    /** What waits at the limit is seen, and goes on when there is room: the copy does not notice. */
    @Test
    void aFullDiskSaysThatWritesWaitAndGrowsAtTheButton() throws IOException, InterruptedException {
        try (PrivateEngine machine = new PrivateEngine();
                TestWindow window = machine.open()) {
            DiskInfo disk = create(machine, "narrow", ByteSize.ofMebi(256), ByteSize.ofMebi(16));
            await().atMost(PATIENCE).until(() -> isThere("#card-narrow"));
            runOnFx(() -> window.window().shell().goTo(new Page.Disk("narrow")));
            Process copy = copy(image(machine, HELD_BYTES, 2), disk.uri());
            try {
                await().atMost(PATIENCE).until(() -> isThere("#wait-box"));
                window.shoot("engine-full");
                assertThat(text(".wait-text")).contains("waiting", "RAM limit of 16");
                assertThat(copy.isAlive()).isTrue();

                // Nothing was deleted, so nothing can be freed; it says so.
                press("#wait-free");
                await().atMost(PATIENCE)
                        .until(() -> onFx(() -> robot.lookup("#wait-box").query().lookupAll(".small").stream()
                                        .anyMatch(node -> node.isVisible()))
                                || !isThere("#wait-box"));
                assertThat(isThere("#wait-box")).isTrue();

                // 24 MiB, then 36 MiB: the second is enough.
                await().atMost(PATIENCE).until(() -> {
                    if (isThere("#wait-grow")
                            && !onFx(() -> robot.lookup("#wait-grow").query().isDisabled())) {
                        press("#wait-grow");
                    }
                    return !copy.isAlive();
                });
                assertThat(copy.exitValue()).isZero();
                await().atMost(PATIENCE).until(() -> !isThere("#wait-box"));
                try (Engine engine = machine.connect()) {
                    assertThat(engine.showDisk("narrow").logicalBytes()).isEqualTo(HELD_BYTES);
                }
            } finally {
                copy.destroy();
                copy.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    /** The page of a disk rides through the death of its engine, and the copy that was under way does not end wrongly. */
    @Test
    void thePageStaysWhenTheEngineIsKilled() throws IOException, InterruptedException {
        try (PrivateEngine machine = new PrivateEngine();
                TestWindow window = machine.open()) {
            DiskInfo disk = create(machine, "kept", ByteSize.ofMebi(64), ByteSize.ofMebi(64));
            assertThat(copy(image(machine, HELD_BYTES, 1), disk.uri()).waitFor())
                    .isZero();
            await().atMost(PATIENCE).until(() -> isThere("#card-kept"));
            runOnFx(() -> window.window().shell().goTo(new Page.Disk("kept")));
            await().atMost(PATIENCE).until(() -> text("#map-line").startsWith("64 MiB of addresses"));
            long pid;
            try (Engine engine = machine.connect()) {
                pid = engine.status().pid();
            }
            assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly))
                    .hasValue(true);
            await().atMost(PATIENCE)
                    .until(() -> window.window()
                                    .shell()
                                    .engineLineProperty()
                                    .get()
                                    .details()
                                    .contains("process")
                            && !window.window()
                                    .shell()
                                    .engineLineProperty()
                                    .get()
                                    .details()
                                    .contains("process " + pid));
            assertThat(window.window().shell().page()).isEqualTo(new Page.Disk("kept"));
            assertThat(isThere("#disk-page")).isTrue();
            // The new engine answers the page's questions: a click zooms, and the way back leads out again.
            runOnFx(() -> robot.lookup("#heat-map").query().requestFocus());
            robot.type(KeyCode.RIGHT, KeyCode.ENTER);
            await().atMost(PATIENCE).until(() -> isThere("#map-back"));
        }
    }
}
