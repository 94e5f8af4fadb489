// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.memorybar.MemoryBar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The window on the real engine, as built into {@code target/dist}, with a real NBD client beside it. */
final class WindowOnEngineIT {
    private static final Duration PATIENCE = PrivateEngine.PATIENCE;
    private static final int CHUNK_BYTES = 32 << 20;
    private static final int CHUNKS = 4;

    private final FxRobot robot = new FxRobot();
    private @Nullable PrivateEngine machine;

    @BeforeEach
    void prepare() throws IOException {
        machine = new PrivateEngine();
    }

    @AfterEach
    void removeAll() throws IOException {
        machine().close();
    }

    private PrivateEngine machine() {
        return Objects.requireNonNull(machine, "made before each test");
    }

    private TestWindow open() {
        return machine().open();
    }

    private Engine engine() {
        return machine().connect();
    }

    private List<String> diskNames() {
        try (Engine engine = engine()) {
            return engine.listDisks().stream().map(DiskInfo::name).toList();
        }
    }

    private boolean isThere(String selector) {
        return robot.lookup(selector).tryQuery().filter(Node::isVisible).isPresent();
    }

    @Test
    void createsByDraggingShowsTheNumbersMoveAndRemoves() throws IOException, InterruptedException {
        try (TestWindow window = open()) {
            window.shoot("engine-empty");
            Bounds free = onFx(() -> {
                Node part = robot.lookup(".part-free").query();
                return part.localToScreen(part.getBoundsInLocal());
            });
            robot.moveTo(free.getMinX() + 60, free.getCenterY()).press(MouseButton.PRIMARY);
            robot.moveTo(free.getMinX() + 160, free.getCenterY());
            window.shoot("engine-dragging");
            robot.release(MouseButton.PRIMARY);
            robot.write("dragged");
            window.shoot("engine-create");
            robot.clickOn("#create");
            await().atMost(PATIENCE).until(() -> isThere("#card-dragged"));

            DiskInfo disk;
            try (Engine engine = engine()) {
                disk = engine.showDisk("dragged");
            }
            assertThat(disk.sizeBytes()).isGreaterThan((long) CHUNK_BYTES * CHUNKS);
            runOnFx(() -> window.window().shell().goTo(new Page.Disk("dragged")));
            fill(disk.uri(), window);
            window.shoot("engine-disk");
            runOnFx(() -> window.window().shell().goTo(new Page.Overview()));
            window.shoot("engine-overview");

            runOnFx(() -> window.window().shell().goTo(new Page.Disk("dragged")));
            robot.clickOn("#disk-menu").clickOn("#remove").clickOn("#erase-confirm");
            await().atMost(PATIENCE).until(() -> diskNames().isEmpty());
            await().atMost(PATIENCE).until(() -> isThere("#empty"));
        }
    }

    /** Copies piece by piece; each piece must be seen in the window before the next is sent. */
    private void fill(String uri, TestWindow window) throws IOException, InterruptedException {
        Process copy = new ProcessBuilder("nbdcopy", "-", uri)
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        byte[] chunk = halfCompressible();
        String shown = usedText(window);
        try (OutputStream pipe = copy.getOutputStream()) {
            for (int i = 0; i < CHUNKS; i++) {
                pipe.write(chunk);
                pipe.flush();
                String before = shown;
                await().atMost(PATIENCE).until(() -> !usedText(window).equals(before));
                shown = usedText(window);
            }
        }
        assertThat(copy.waitFor()).isZero();
        await().atMost(PATIENCE)
                .until(() ->
                        usedText(window).equals(ByteSize.ofMebi(128).format().replace(".0", "") + " used"));
    }

    private String usedText(TestWindow window) {
        return onFx(() -> window.stage().getScene().getRoot().lookupAll(".number-card").stream()
                .flatMap(card -> card.lookupAll(".small").stream())
                .map(node -> ((Label) node).getText())
                .filter(text -> text.endsWith("used") || text.equals("empty"))
                .findFirst()
                .orElse(""));
    }

    private static byte[] halfCompressible() {
        byte[] bytes = new byte[CHUNK_BYTES];
        new Random(42).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (i / 64 % 2 == 0) {
                bytes[i] = 'a';
            }
        }
        return bytes;
    }

    @Test
    void createsByKeyboardAlone() {
        try (TestWindow window = open()) {
            runOnFx(() -> robot.lookup("#memory-bar").queryAs(MemoryBar.class).requestFocus());
            robot.write("512m").type(KeyCode.ENTER);
            robot.write("typed").type(KeyCode.ENTER);
            await().atMost(PATIENCE).until(() -> diskNames().equals(List.of("typed")));
            await().atMost(PATIENCE).until(() -> isThere("#card-typed"));
            try (Engine engine = engine()) {
                assertThat(engine.showDisk("typed").sizeBytes())
                        .isEqualTo(ByteSize.ofMebi(512).bytes());
            }
            await().until(() -> onFx(() -> robot.lookup("#card-typed").query().isFocused()));
            robot.type(KeyCode.DELETE).type(KeyCode.TAB).type(KeyCode.SPACE);
            await().atMost(PATIENCE).until(() -> diskNames().isEmpty());
            assertThat(window.window().shell().page()).isEqualTo(new Page.Overview());
        }
    }

    /** The limit moves while data arrives; the copy does not notice. */
    @Test
    void resizesByTheEdgeWhileDataIsWritten() throws IOException, InterruptedException {
        try (TestWindow window = open()) {
            DiskInfo disk;
            try (Engine engine = engine()) {
                disk = engine.createDisk(new DiskSpec(
                        "moved", ByteSize.ofGibi(1), CodecSpec.LZ4, ByteSize.ofKibi(4), ByteSize.ofMebi(512), false));
            }
            await().atMost(PATIENCE).until(() -> isThere("#edge-moved"));
            Process copy = new ProcessBuilder("nbdcopy", "-", disk.uri())
                    .inheritIO()
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
            byte[] chunk = halfCompressible();
            try (OutputStream pipe = copy.getOutputStream()) {
                pipe.write(chunk);
                Bounds edge = pressEdge();
                robot.moveTo(edge.getCenterX() + 40, edge.getCenterY());
                pipe.write(chunk);
                robot.moveTo(edge.getCenterX() + 80, edge.getCenterY());
                window.shoot("engine-resizing");
                robot.release(MouseButton.PRIMARY);
                await().atMost(PATIENCE).until(() -> limitOf("moved") > disk.sizeBytes() / 2);
                pipe.write(chunk);
                robot.clickOn("#undo");
                await().atMost(PATIENCE).until(() -> limitOf("moved") == disk.sizeBytes() / 2);
                pipe.write(chunk);
            }
            assertThat(copy.waitFor()).isZero();
            try (Engine engine = engine()) {
                assertThat(engine.showDisk("moved").logicalBytes()).isEqualTo((long) CHUNK_BYTES * CHUNKS);
            }

            // By keys: less than it holds cannot be, no limit can.
            runOnFx(() -> robot.lookup("#edge-moved").query().requestFocus());
            robot.write("1m").type(KeyCode.ENTER);
            assertThat(isThere(".size-bubble")).isTrue();
            robot.type(KeyCode.ESCAPE);
            assertThat(limitOf("moved")).isEqualTo(disk.sizeBytes() / 2);
            robot.type(KeyCode.END).type(KeyCode.ENTER);
            await().atMost(PATIENCE).until(() -> limitOf("moved") == 0);
        }
    }

    /** Where the edge was that is held now. It moves with the data that arrive: a press that missed it is done again. */
    private Bounds pressEdge() {
        Node handle = robot.lookup("#edge-moved").query();
        AtomicReference<Bounds> pressed = new AtomicReference<>();
        await().atMost(PATIENCE).until(() -> {
            Bounds edge = onFx(() -> handle.localToScreen(handle.getBoundsInLocal()));
            robot.moveTo(edge.getCenterX(), edge.getCenterY()).press(MouseButton.PRIMARY);
            boolean held = onFx(handle::isPressed);
            if (!held) {
                robot.release(MouseButton.PRIMARY);
            }
            pressed.set(edge);
            return held;
        });
        return Objects.requireNonNull(pressed.get());
    }

    private long limitOf(String name) {
        try (Engine engine = engine()) {
            Long limit = engine.showDisk(name).ramLimitBytes();
            return limit == null ? 0 : limit;
        }
    }

    @Test
    void resizesAMountedScratchSpaceByItsEdge() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root mounts without a prompt");
        Path target = machine().home().resolve("scratch");
        try (TestWindow window = open()) {
            try (Engine engine = engine()) {
                engine.volumes()
                        .mountTmpfs(new TmpfsSpec(
                                target.toString(),
                                true,
                                SizeLimit.parse("16M"),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                false,
                                null,
                                null,
                                null,
                                false,
                                MountFlags.DEFAULT,
                                true));
            }
            await().atMost(PATIENCE).until(() -> isThere("#edge-scratch"));
            runOnFx(() -> robot.lookup("#edge-scratch").query().requestFocus());
            robot.write("32m").type(KeyCode.ENTER);
            await().atMost(PATIENCE).until(() -> mountLine(target).contains("size=32768k"));
            window.shoot("engine-scratch-resized");
            await().atMost(PATIENCE).until(() -> isThere("#toast"));
            robot.clickOn("#undo");
            await().atMost(PATIENCE).until(() -> mountLine(target).contains("size=16384k"));
        } finally {
            if (!mountLine(target).isEmpty()) {
                try (Engine engine = engine()) {
                    engine.volumes().unmount(target.toString(), VolumeKind.TMPFS, true);
                }
            }
        }
    }

    /** The engine of root acts itself; without root there is a prompt, which is tested with the helper. */
    @Test
    void mountsAScratchSpaceFromTheFormAndUnmountsIt() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root mounts without a prompt");
        Path target = machine().home().resolve("scratch");
        String id = "#volume" + target.toString().replace('/', '-').toLowerCase(Locale.ROOT);
        try (TestWindow window = open()) {
            robot.clickOn("#nav-volumes");
            await().atMost(PATIENCE).until(() -> isThere("#new-volume") && !isThere("#volumes-loading"));
            robot.clickOn("#new-volume").clickOn("#new-tmpfs");
            robot.write(target.toString());
            robot.doubleClickOn("#size").write("16M");
            window.shoot("engine-tmpfs");
            robot.clickOn("#mount");
            await().atMost(PATIENCE).until(() -> isThere("#card-" + id.substring("#volume-".length())));
            window.shoot("engine-scratch");
            runOnFx(() -> window.window().shell().goTo(new Page.Volumes()));
            await().atMost(PATIENCE).until(() -> isThere(id));
            window.shoot("engine-volumes");
            assertThat(mountLine(target))
                    .contains(" - tmpfs ")
                    .contains("size=16384k")
                    .contains("nosuid,nodev");

            runOnFx(() -> fire("#menu" + id.substring(1), "Unmount…"));
            robot.clickOn("#erase-confirm");
            await().atMost(PATIENCE).until(() -> mountLine(target).isEmpty() && !isThere(id));
        } finally {
            if (!mountLine(target).isEmpty()) {
                try (Engine engine = engine()) {
                    engine.volumes().unmount(target.toString(), VolumeKind.TMPFS, true);
                }
            }
        }
    }

    private void fire(String menu, String words) {
        robot.lookup(menu).queryAs(MenuButton.class).getItems().stream()
                .filter(item -> words.equals(item.getText()))
                .forEach(MenuItem::fire);
    }

    private static String mountLine(Path target) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(" " + target + " "))
                .findFirst()
                .orElse("");
    }

    @Test
    void ridesThroughAKilledEngine() {
        try (TestWindow window = open()) {
            long pid;
            try (Engine engine = engine()) {
                engine.createDisk(DiskSpec.of("survivor", ByteSize.ofMebi(64)));
                pid = engine.status().pid();
            }
            await().atMost(PATIENCE).until(() -> isThere("#card-survivor"));
            assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly))
                    .hasValue(true);
            await().atMost(PATIENCE)
                    .until(() -> onFx(() -> window.window()
                                            .shell()
                                            .engineLineProperty()
                                            .get()
                                            .details())
                                    .contains("process")
                            && !onFx(() -> window.window()
                                            .shell()
                                            .engineLineProperty()
                                            .get()
                                            .details())
                                    .contains("process " + pid + "\n"));
            assertThat(isThere("#card-survivor")).isTrue();
        }
    }
}
