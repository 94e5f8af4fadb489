// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.rpc.EngineClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineLauncherTest {
    @TempDir
    private Path directory;

    private RuntimeFiles files;
    private Path home;

    @BeforeEach
    void lay() throws IOException {
        long uid = Integer.toUnsignedLong((Integer) Files.getAttribute(directory, "unix:uid"));
        files = new RuntimeFiles(
                Map.of(
                        "CRAMDISK_RUNTIME_DIR", directory.resolve("run").toString(),
                        "CRAMDISK_DATA_DIR", directory.resolve("data").toString()),
                uid);
        home = directory.resolve("home");
        Files.createDirectories(home.resolve("bin"));
    }

    private EngineLauncher launcher(Duration startTimeout) {
        return new EngineLauncher(files, home, startTimeout, EngineClient.Timeouts.DEFAULT);
    }

    /** An engine in this JVM's own class path: a script that runs {@link AnsweringEngine}. */
    private void installEngine(String script) throws IOException {
        Path file = home.resolve("bin/cramdisk-engine");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String answeringEngine() {
        return "exec '" + Path.of(System.getProperty("java.home"), "bin/java") + "' -XX:+UseSerialGC -cp '"
                + System.getProperty("java.class.path") + "' " + AnsweringEngine.class.getName();
    }

    @Test
    void withoutAnEngineNothingIsFoundAndNothingIsStarted() {
        assertThat(launcher(Duration.ofSeconds(1)).findRunning()).isEmpty();
        assertThat(files.runtimeDirectory()).doesNotExist();
    }

    @Test
    void aSocketLeftByAKilledEngineIsNotAnEngine() throws IOException {
        files.prepareRuntimeDirectory();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(files.engineSocket()));
        }
        assertThat(files.engineSocket()).exists();
        assertThat(launcher(Duration.ofSeconds(1)).findRunning()).isEmpty();
    }

    @Test
    void startsTheEngineInASessionOfItsOwnAndFindsItAgain() throws IOException {
        installEngine(answeringEngine());
        EngineLauncher launcher = launcher(Duration.ofSeconds(30));
        long pid;
        try (EngineClient client = launcher.connectOrStart()) {
            pid = client.status().pid();
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            List<String> afterName = Pattern.compile(" ")
                    .splitAsStream(stat.substring(stat.lastIndexOf(')') + 2))
                    .toList();
            assertThat(afterName.get(3)).as("session").isEqualTo(Long.toString(pid));
            assertThat(Path.of("/proc/" + pid + "/cwd").toRealPath()).isEqualTo(Path.of("/"));
        }
        try (EngineClient client = launcher.findRunning().orElseThrow()) {
            assertThat(client.status().pid()).isEqualTo(pid);
            client.stop();
        }
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void triesAgainWhenTheFirstEngineMeetsOneThatIsLeaving() throws IOException {
        Path met = directory.resolve("met");
        installEngine("if [ ! -e '" + met + "' ]; then touch '" + met + "'; echo already running; exit 1; fi\n"
                + answeringEngine());
        try (EngineClient client = launcher(Duration.ofSeconds(30)).connectOrStart()) {
            client.stop();
        }
    }

    @Test
    void waitsForAnEngineThatAnotherLauncherIsStarting() throws IOException {
        Path starts = directory.resolve("starts");
        installEngine("echo start >> '" + starts + "'\n(sleep 3; " + answeringEngine() + ") &\necho $! > '"
                + files.engineLock() + "'\necho already running; exit 1");
        try (EngineClient client = launcher(Duration.ofSeconds(30)).connectOrStart()) {
            client.stop();
        }
        assertThat(starts).hasContent("start");
    }

    @Test
    void tellsTheLastWordsOfAnEngineThatDoesNotComeUp() throws IOException {
        installEngine("echo The arena is on fire. >&2; exit 1");
        assertUnavailable(() -> launcher(Duration.ofMillis(500)).connectOrStart(), "The arena is on fire.");
    }

    @Test
    void tellsWhereToLookWhenTheEngineSaysNothing() throws IOException {
        installEngine("exit 1");
        assertUnavailable(
                () -> launcher(Duration.ofMillis(300)).connectOrStart(),
                files.engineLog().toString());
    }

    @Test
    void saysWhatIsMissingWhenItCannotStart() {
        assertUnavailable(() -> launcher(Duration.ofSeconds(1)).connectOrStart(), "bin/cramdisk-engine");
        assertUnavailable(() -> new EngineLauncher(files, null).connectOrStart(), EngineLauncher.HOME_PROPERTY);
    }

    private static void assertUnavailable(ThrowingCallable call, String because) {
        assertThatThrownBy(call)
                .hasMessageContaining(because)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ENGINE_UNAVAILABLE));
    }
}
