// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.rpc.EngineClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine as a process of its own: start, end and exit code. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineStartTest {
    private TestEngine engine;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        engine = new TestEngine();
    }

    @AfterEach
    void endAll() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        engine.close();
    }

    private Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(engine.environment());
        builder.redirectOutput(
                Files.createTempFile(engine.files().runtimeDirectory().getParent(), "output.", ".txt")
                        .toFile());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private EngineClient awaitClient() {
        return await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(engine::connect, client -> true);
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void oneOfTwoThatStartAtOnceServesAndTheOtherEnds() throws IOException, InterruptedException {
        Process first = launch();
        Process second = launch();
        await().atMost(Duration.ofSeconds(30)).until(() -> !first.isAlive() || !second.isAlive());
        Process loser = first.isAlive() ? second : first;
        Process winner = first.isAlive() ? first : second;

        assertThat(exitCode(loser)).isEqualTo(ExitCode.FAILED);
        try (EngineClient client = awaitClient()) {
            assertThat(client.status().pid()).isEqualTo(winner.pid());
            client.stop();
        }
        assertThat(exitCode(winner)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void endsInOrderOnSigtermAndKeepsItsDisks() throws IOException, InterruptedException {
        Process process = launch();
        try (EngineClient client = awaitClient()) {
            client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        }
        process.destroy();

        assertThat(exitCode(process)).isEqualTo(ExitCode.DONE);
        assertThat(engine.files().engineSocket()).doesNotExist();
        assertThat(engine.files().nbdSocket()).doesNotExist();
        Process next = launch();
        try (EngineClient client = awaitClient()) {
            assertThat(client.listDisks()).extracting(DiskInfo::name).containsExactly("d");
            client.stop();
        }
        assertThat(exitCode(next)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void replacesTheSocketsOfAKilledEngine() throws IOException, InterruptedException {
        Process process = launch();
        awaitClient().close();
        process.destroyForcibly().waitFor();
        assertThat(engine.files().engineSocket()).exists();

        Process next = launch();
        try (EngineClient client = awaitClient()) {
            assertThat(client.status().pid()).isEqualTo(next.pid());
        }
    }

    @Test
    void saysWhyItCannotStart() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(
                engine.files().arenaDirectory(), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(exitCode(launch())).isEqualTo(ExitCode.FAILED);
        assertThat(engine.log()).contains("ARENA_UNUSABLE").contains("0700");
    }

    @Test
    void refusesUnknownArguments() throws IOException, InterruptedException {
        assertThat(exitCode(launch("--fast"))).isEqualTo(ExitCode.USAGE);
        assertThat(engine.files().engineLock()).doesNotExist();
    }
}
