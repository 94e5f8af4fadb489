// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The restart loop of {@code cramdisk-engine} around a Java that is a shell script. */
final class LauncherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path javaHome;

    @SuppressWarnings("NullAway.Init") // set by each test
    private Process launcher;

    @BeforeEach
    void makeJava() throws IOException {
        Files.createDirectory(javaHome.resolve("bin"));
        Files.writeString(javaHome.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"17.0.15\"\n");
        Files.createFile(starts());
    }

    @AfterEach
    void end() throws IOException {
        launcher.destroyForcibly();
        pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void engineThatEndsWellIsNotStartedAgain() throws Exception {
        launch("exit 0");

        assertThat(exitCode()).isZero();
        assertThat(pids()).hasSize(1);
    }

    @Test
    void engineThatFailsIsNotStartedAgainAndItsCodeIsPassedOn() throws Exception {
        launch("exit 7");

        assertThat(exitCode()).isEqualTo(7);
        assertThat(pids()).hasSize(1);
    }

    @Test
    void killedEngineIsStartedAgainAtOnce() throws Exception {
        launch("while :; do sleep 0.05; done");
        for (int kill = 1; kill <= 5; kill++) {
            long pid = awaitStart(kill);
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        }

        awaitStart(6);
        assertThat(launcher.isAlive()).isTrue();
    }

    @Test
    void crashedEngineIsStartedAgain() throws Exception {
        launch("[ $(wc -l <\"$STARTS\") -gt 1 ] && exit 0; kill -SEGV $$");

        assertThat(exitCode()).isZero();
        assertThat(pids()).hasSize(2);
    }

    @Test
    void terminationReachesTheEngineAndEndsTheLoop() throws Exception {
        launch("trap 'echo graceful >\"$STARTS.end\"; exit 143' TERM; >\"$STARTS.ready\"; "
                + "while :; do sleep 0.05; done");
        await().atMost(PATIENCE).until(() -> Files.exists(Path.of(starts() + ".ready")));

        launcher.destroy();

        assertThat(exitCode()).isZero();
        assertThat(pids()).hasSize(1);
        assertThat(Path.of(starts() + ".end")).exists();
    }

    @Test
    void engineThatWasTerminatedItselfIsNotStartedAgain() throws Exception {
        launch("exit 143");

        assertThat(exitCode()).isZero();
        assertThat(pids()).hasSize(1);
    }

    @Test
    void foregroundEngineIsTheLauncherItselfAndIsNotStartedAgain() throws Exception {
        launch("kill -KILL $$", "--foreground");

        assertThat(exitCode()).isEqualTo(137);
        assertThat(pids()).containsExactly(launcher.pid());
    }

    private void launch(String engineScript, String... arguments) throws IOException {
        Path java = javaHome.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\nSTARTS='" + starts() + "'\necho $$ >>\"$STARTS\"\n" + engineScript + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(
                        EngineFixture.launcher("cramdisk-engine").toString())
                .redirectErrorStream(true)
                .redirectOutput(javaHome.resolve("output").toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        launcher = builder.start();
    }

    private long awaitStart(int number) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(this::pids, pids -> pids.size() >= number)
                .get(number - 1);
    }

    private int exitCode() throws InterruptedException {
        assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return launcher.exitValue();
    }

    private Path starts() {
        return javaHome.resolve("starts");
    }

    private List<Long> pids() throws IOException {
        return Files.readAllLines(starts()).stream().map(Long::valueOf).toList();
    }
}
