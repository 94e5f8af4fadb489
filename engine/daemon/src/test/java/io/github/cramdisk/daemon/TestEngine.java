// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.RuntimeFiles;
import io.github.cramdisk.api.rpc.EngineClient;
import io.github.cramdisk.daemon.log.EngineLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine in this process, or in one of its own, with private directories; its arena is on tmpfs as always. */
final class TestEngine implements AutoCloseable {
    private final Path directory;
    private final Path arenas;
    private final Map<String, String> environment = new HashMap<>();
    private final RuntimeFiles files;
    private @Nullable EngineProcess engine;
    private CountDownLatch stopAsked = new CountDownLatch(1);

    TestEngine() throws IOException {
        directory = Files.createTempDirectory("dm.");
        arenas = Files.createTempDirectory(Path.of("/dev/shm"), "dm.");
        environment.put(
                RuntimeFiles.RUNTIME_DIR_VARIABLE, directory.resolve("run").toString());
        environment.put(
                RuntimeFiles.CONFIG_DIR_VARIABLE, directory.resolve("config").toString());
        environment.put(
                RuntimeFiles.DATA_DIR_VARIABLE, directory.resolve("data").toString());
        environment.put(RuntimeFiles.ARENA_DIR_VARIABLE, arenas.toString());
        files = new RuntimeFiles(environment, uid());
    }

    private static long uid() throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    RuntimeFiles files() {
        return files;
    }

    Map<String, String> environment() {
        return environment;
    }

    void start() throws IOException {
        stopAsked = new CountDownLatch(1);
        engine = EngineProcess.start(files, false, stopAsked::countDown);
    }

    /** As the main thread does when a front end has asked for it. */
    void stop() {
        if (engine != null) {
            engine.stop();
            engine.hangUp();
            engine = null;
        }
    }

    CountDownLatch stopAsked() {
        return stopAsked;
    }

    void restart() throws IOException {
        stop();
        start();
    }

    EngineClient connect() {
        return EngineClient.connect(files.engineSocket(), EngineClient.Timeouts.DEFAULT);
    }

    /** File of the definition of a disk. */
    Path definition(String name) {
        return files.configDirectory().resolve("disks").resolve(name + ".toml");
    }

    String log() throws IOException {
        return Files.readString(files.engineLog());
    }

    @Override
    public void close() throws IOException {
        stop();
        EngineLog.close();
        deleteTree(directory);
        deleteTree(arenas);
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
