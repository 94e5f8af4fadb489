// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineLauncher;
import io.github.cramdisk.api.RuntimeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The real engine, as built into {@code target/dist}, in directories of its own; it is started by the first window. */
final class PrivateEngine implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Path DIST = Path.of(System.getProperty("cramdisk.dist", "target/dist"));

    private final Path home;
    private final Path arena;
    private final EngineLauncher launcher;

    PrivateEngine() throws IOException {
        assertThat(DIST.resolve("bin/cramdisk-engine"))
                .as("the built launchers; ./test builds them")
                .isExecutable();
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        // Short, because the path of a Unix socket is.
        home = Files.createTempDirectory(Path.of("/tmp"), "cdgui", ownerOnly);
        arena = Files.createTempDirectory(Path.of("/dev/shm"), "cdgui", ownerOnly);
        Map<String, String> environment = Map.of(
                RuntimeFiles.RUNTIME_DIR_VARIABLE, home.resolve("run").toString(),
                RuntimeFiles.ARENA_DIR_VARIABLE, arena.resolve("arena").toString(),
                RuntimeFiles.CONFIG_DIR_VARIABLE, home.resolve("config").toString(),
                RuntimeFiles.DATA_DIR_VARIABLE, home.resolve("data").toString());
        int uid = (int) Files.getAttribute(home, "unix:uid");
        launcher = new EngineLauncher(new RuntimeFiles(environment, Integer.toUnsignedLong(uid)), DIST);
    }

    /** Where everything of it lies, and a test may put its own. */
    Path home() {
        return home;
    }

    /** Opens the window on it, and waits until its page is there. */
    TestWindow open() {
        TestWindow window = TestWindow.open(launcher::connectOrStart, home.resolve("gui.properties"), 1280, 820);
        await().atMost(PATIENCE)
                .until(() ->
                        onFx(() -> window.window().shell().sceneryProperty().get()) == ShellModel.Scenery.PAGE);
        return window;
    }

    /** A connection beside the window's. */
    Engine connect() {
        return launcher.findRunning().orElseThrow();
    }

    /** Asked to stop, the engine's launcher does not bring it back. */
    @Override
    public void close() throws IOException {
        launcher.findRunning().ifPresent(engine -> {
            long pid = engine.status().pid();
            engine.stop();
            await().atMost(PATIENCE)
                    .until(() ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        });
        delete(home);
        delete(arena);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
