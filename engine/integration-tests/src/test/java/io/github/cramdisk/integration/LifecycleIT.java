// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The engine process: how it starts, stops, keeps what it was given, and what it refuses to use. */
final class LifecycleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    @BeforeAll
    static void requirePrograms() {
        Requirements.programs("nbdsh", "setsid");
    }

    @Test
    void statusTellsThatNoEngineRunsAndStartsNone() {
        Command.Result result = engine.cramdisk("engine", "status");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(engine.engines()).isEmpty();
    }

    @Test
    void firstCommandStartsTheEngineAndStatusDescribesIt() {
        engine.cramdisk("disk", "list").succeeded();

        JsonNode status = engine.json("engine", "status");
        assertThat(status.get("pid").asLong()).isEqualTo(engine.process().pid());
        assertThat(status.get("version").asText()).isNotBlank();
        assertThat(status.get("uptimeSeconds").asDouble()).isPositive();
        assertThat(Path.of(status.get("logFile").asText())).isNotEmptyFile();
    }

    @Test
    void commandsThatStartTheEngineAtOnceFindOneEngine() throws Exception {
        int callers = 6;
        ExecutorService executor = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Command.Result>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String name = "disk" + i;
                calls.add(executor.submit(() -> engine.cramdisk("disk", "create", name, "--size", "64M")));
            }
            for (Future<Command.Result> call : calls) {
                call.get().succeeded();
            }
        } finally {
            executor.shutdown();
        }

        assertThat(engine.json("disk", "list")).hasSize(callers);
        // Those that lost the race leave at once.
        await().atMost(PATIENCE).until(() -> engine.engines().size() == 1);
        assertThat(engine.json("engine", "status").get("pid").asLong())
                .isEqualTo(engine.process().pid());
    }

    @Test
    void stopAndStartKeepDisksSettingsAndData() {
        String uri = engine.createDisk("t", "64M", "--codec", "zstd:5", "--block-size", "16K", "--ram-limit", "48M");
        NbdShell.run(uri, "h.pwrite(b'kept' * 50000, 12345)").succeeded();
        JsonNode before = engine.json("disk", "show", "t");

        engine.stop();
        assertThat(engine.cramdisk("engine", "status").exitCode()).isEqualTo(1);
        engine.start();

        JsonNode after = engine.json("disk", "show", "t");
        for (String field : List.of(
                "uri", "sizeBytes", "codec", "blockSizeBytes", "ramLimitBytes", "logicalBytes", "storedBytes")) {
            assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
        }
        NbdShell.run(uri, "assert h.pread(200000, 12345) == b'kept' * 50000").succeeded();
    }

    @Test
    void terminatedEngineStopsGracefullyAndIsNotRestarted() {
        engine.createDisk("t", "64M");
        ProcessHandle process = engine.process();

        assertThat(process.destroy()).isTrue();

        await().atMost(PATIENCE).until(() -> !process.isAlive());
        assertThat(engine.cramdisk("engine", "status").exitCode()).isEqualTo(1);
        assertThat(engine.engines()).isEmpty();
        // The next command starts it anew, with its disks.
        assertThat(engine.json("disk", "list").get(0).get("name").asText()).isEqualTo("t");
    }

    @Test
    void engineOutlivesTheSessionThatStartedIt() {
        // setsid --wait gives the command a session of its own, which ends with it.
        List<String> command =
                List.of("setsid", "--wait", EngineFixture.launcher("cramdisk").toString(), "engine", "start");
        Command.run(engine.environment(), command).succeeded();

        assertThat(engine.process().isAlive()).isTrue();
        engine.cramdisk("engine", "status").succeeded();
    }

    @Test
    void removeIsRefusedWhileConnectedAndForceDisconnects() throws IOException {
        String uri = engine.createDisk("t", "64M");
        Process client = new ProcessBuilder(NbdShell.connected(uri, """
                import sys
                print("connected", flush=True)
                sys.stdin.readline()
                try:
                    h.pread(1, 0)
                except nbd.Error:
                    sys.exit(0)
                sys.exit(1)
                """))
                .redirectErrorStream(true)
                .start();
        try (var output = client.inputReader();
                var input = client.outputWriter()) {
            assertThat(output.readLine()).isEqualTo("connected");

            Command.Result refused = engine.cramdisk("disk", "remove", "t");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("in use").contains("--force");

            engine.cramdisk("disk", "remove", "t", "--force").succeeded();
            input.write("go on\n");
            input.flush();
            assertThat(client.onExit().join().exitValue())
                    .as("the client was disconnected")
                    .isZero();
        } finally {
            client.destroyForcibly();
        }
        assertThat(engine.json("disk", "list")).isEmpty();
        assertThat(engine.arenaFileBytes()).as("bytes left in the arena").isLessThan(64 << 10);
    }

    @Test
    void resetEmptiesTheDiskAndKeepsItsSettings() {
        String uri = engine.createDisk("t", "64M", "--codec", "zstd:2");
        NbdShell.run(uri, "import random; h.pwrite(random.randbytes(8 << 20), 0)")
                .succeeded();

        engine.cramdisk("disk", "reset", "t").succeeded();

        JsonNode disk = engine.json("disk", "show", "t");
        assertThat(disk.get("logicalBytes").asLong()).isZero();
        assertThat(disk.get("codec").asText()).isEqualTo("zstd:2");
        assertThat(disk.get("residentBytes").asLong()).isLessThan(4 << 20);
        NbdShell.run(uri, "assert h.pread(8 << 20, 0) == bytes(8 << 20)").succeeded();
    }

    @Test
    void socketsAndDirectoriesBelongToTheOwnerAlone() throws IOException {
        engine.createDisk("t", "64M");

        assertThat(mode(engine.runtimeDirectory())).isEqualTo("rwx------");
        assertThat(mode(engine.runtimeDirectory().resolve("engine.sock"))).isEqualTo("rw-------");
        assertThat(mode(engine.runtimeDirectory().resolve("nbd.sock"))).isEqualTo("rw-------");
        assertThat(mode(engine.arenaDirectory())).isEqualTo("rwx------");
        try (var files = Files.walk(engine.arenaDirectory())) {
            for (Path file : files.toList()) {
                assertThat(mode(file)).as(file.toString()).endsWith("------");
            }
        }
    }

    @Test
    void arenaDirectoryThatIsALinkIsRefused() throws IOException {
        // In every other respect a good one.
        Path elsewhere = Files.createDirectory(
                engine.arenaDirectory().resolveSibling("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(engine.arenaDirectory(), elsewhere);

        assertArenaIsRefused();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void arenaDirectoryThatOthersMayReadIsRefused() throws IOException {
        Files.createDirectory(engine.arenaDirectory());
        Files.setPosixFilePermissions(engine.arenaDirectory(), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertArenaIsRefused();
    }

    @Test
    void arenaDirectoryThatIsAFileIsRefused() throws IOException {
        Files.createFile(
                engine.arenaDirectory(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertArenaIsRefused();
    }

    @Test
    void runtimeDirectoryTooLongForASocketIsRefused() {
        engine.setVariable("CRAMDISK_RUNTIME_DIR", "/tmp/" + "x".repeat(110));

        Command.Result result = engine.cramdisk("disk", "list");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("107").contains("CRAMDISK_RUNTIME_DIR");
    }

    @Test
    void usageErrorsAndRefusalsHaveTheirExitCodes() {
        assertThat(engine.cramdisk("disk", "create", "t").exitCode()).isEqualTo(2);
        assertThat(engine.cramdisk("disk", "create", "t", "--size", "1.5X").exitCode())
                .isEqualTo(2);
        assertThat(engine.cramdisk("disk", "create", "../t", "--size", "1M").exitCode())
                .isEqualTo(2);
        assertThat(engine.cramdisk("disk", "show", "nowhere").exitCode()).isEqualTo(1);
        engine.createDisk("t", "1M");
        Command.Result again = engine.cramdisk("disk", "create", "t", "--size", "1M");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("already");
    }

    private void assertArenaIsRefused() {
        Command.Result result = engine.cramdisk("disk", "list");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(engine.arenaDirectory().toString());
        await().atMost(PATIENCE).until(() -> engine.engines().isEmpty());
    }

    private static String mode(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        return PosixFilePermissions.toString(permissions);
    }
}
