// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cramdisk.testmachine.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The built Cramdisk in directories of its own, one for each test: no test meets another's engine or the user's. The
 * engine is started by the first command, as for a user. After the test everything it started is gone; after a failed
 * one its log is printed.
 */
final class EngineFixture implements BeforeEachCallback, AfterEachCallback {
    private static final Path DIST = Path.of(System.getProperty("cramdisk.dist", "target/dist"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENGINE_CLASS = "io.github.cramdisk.daemon.Main";

    private Path home = Path.of("/nonexistent");
    private Path arena = Path.of("/nonexistent");
    private final Map<String, String> environment = new LinkedHashMap<>();

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        assertThat(DIST.resolve("bin/cramdisk"))
                .as("the built launchers; ./test builds them")
                .isExecutable();
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        // Short, because the path of a Unix socket is; the arena on tmpfs, as for a user.
        home = Files.createTempDirectory(Path.of("/tmp"), "cdit", ownerOnly);
        arena = Files.createTempDirectory(Path.of("/dev/shm"), "cdit", ownerOnly);
        environment.put("CRAMDISK_RUNTIME_DIR", home.resolve("run").toString());
        environment.put("CRAMDISK_ARENA_DIR", arena.resolve("arena").toString());
        environment.put("CRAMDISK_CONFIG_DIR", home.resolve("config").toString());
        environment.put("CRAMDISK_DATA_DIR", home.resolve("data").toString());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            System.out.println("--- files of the failed test " + context.getDisplayName() + "\n"
                    + Command.run("ls", "-lanR", home.toString(), arena.toString())
                            .out());
            for (String log : List.of("engine.log", "engine-output.log")) {
                Path file = home.resolve("data").resolve(log);
                if (Files.exists(file)) {
                    System.out.println("--- " + log + "\n" + Files.readString(file));
                }
            }
        }
        // The restart loop first, or it would bring the engine back.
        List<ProcessHandle> processes = new ArrayList<>(processes("cramdisk-engine"));
        processes.addAll(processes(""));
        processes.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> processes("").isEmpty());
        delete(home);
        delete(arena);
    }

    Path runtimeDirectory() {
        return Path.of(variable("CRAMDISK_RUNTIME_DIR"));
    }

    Path arenaDirectory() {
        return Path.of(variable("CRAMDISK_ARENA_DIR"));
    }

    /** A directory for the test's own files, removed after it. */
    Path scratch(String name) throws IOException {
        return Files.createDirectory(home.resolve(name));
    }

    /** For the commands that follow; must come before the first of them. */
    void setVariable(String name, String value) {
        environment.put(name, value);
    }

    Map<String, String> environment() {
        return environment;
    }

    static Path launcher(String name) {
        return DIST.resolve("bin").resolve(name);
    }

    /** {@code cramdisk ARGUMENTS}, whatever its outcome. */
    Command.Result cramdisk(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(launcher("cramdisk").toString());
        command.addAll(List.of(arguments));
        return Command.run(environment, command);
    }

    /** {@code cramdisk ARGUMENTS --json}, which must succeed. */
    JsonNode json(String... arguments) {
        String[] withJson =
                Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
        Command.Result result = cramdisk(withJson).succeeded();
        try {
            return JSON.readTree(result.out());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + result, e);
        }
    }

    /** Creates a disk and returns its URI. */
    String createDisk(String name, String size, String... options) {
        String[] command = Stream.concat(Stream.of("disk", "create", name, "--size", size), Stream.of(options))
                .toArray(String[]::new);
        return json(command).get("uri").asText();
    }

    /** A number of {@code disk show}. */
    long number(String disk, String field) {
        return json("disk", "show", disk).get(field).asLong();
    }

    void start() {
        cramdisk("engine", "start").succeeded();
    }

    void stop() {
        cramdisk("engine", "stop").succeeded();
        await().atMost(PATIENCE).until(() -> processes("").isEmpty());
    }

    /** The process of the engine, as the system sees it: the one JVM that runs in these directories. */
    ProcessHandle process() {
        return await().atMost(PATIENCE)
                .until(() -> processes(ENGINE_CLASS), found -> found.size() == 1)
                .get(0);
    }

    /** All engine JVMs that run in these directories. */
    List<ProcessHandle> engines() {
        return processes(ENGINE_CLASS);
    }

    /** {@code kill -9}; returns when the process is gone. Its restart is not awaited. */
    void kill() {
        ProcessHandle engine = process();
        engine.destroyForcibly();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> !engine.isAlive());
    }

    /** Allocated bytes of all files of the arena directory: arenas and indexes as the kernel counts them. */
    long arenaFileBytes() {
        String line = Command.run(
                        "du", "--summarize", "--block-size=1", arenaDirectory().toString())
                .succeeded()
                .out();
        return Long.parseLong(line.substring(0, line.indexOf('\t')));
    }

    /** Memory of the engine process that is not the arena: anonymous and file pages, shared memory left out. */
    long engineMemoryBytes() {
        return statusKibibytes("RssAnon") + statusKibibytes("RssFile");
    }

    private long statusKibibytes(String field) {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc", Long.toString(process().pid()), "status"))) {
            String line = lines.filter(candidate -> candidate.startsWith(field + ":"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processes that carry this fixture's directories in their environment and {@code word} in their command. */
    private List<ProcessHandle> processes(String word) {
        String mark = "CRAMDISK_RUNTIME_DIR=" + runtimeDirectory() + "\0";
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                if (read(entry.resolve("environ")).contains(mark)
                        && read(entry.resolve("cmdline")).contains(word)) {
                    ProcessHandle.of(Long.parseLong(entry.getFileName().toString()))
                            .filter(ProcessHandle::isAlive)
                            .ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Empty where the process is gone, a zombie, or another user's. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " before the test has begun");
        }
        return value;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
