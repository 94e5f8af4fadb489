// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLogTest {
    @TempDir
    Path directory;

    @Test
    void writesOneLineAnEvent() {
        String line = EngineLog.format(
                LocalDateTime.of(2026, 1, 2, 3, 4, 5, 67_000_000),
                Level.INFO,
                "io.github.cramdisk.x.Disk",
                "ready",
                null);

        assertThat(line)
                .isEqualTo("2026-01-02 03:04:05.067 INFO    ["
                        + Thread.currentThread().getName() + "] Disk: ready\n");
    }

    @Test
    void letsNoClientForgeALine() {
        String line = EngineLog.format(
                LocalDateTime.of(2026, 1, 2, 3, 4, 5), Level.INFO, "x", "name\n2026-01-02 ERROR gone\u001b[31m", null);

        assertThat(line.strip()).doesNotContain("\n", "\u001b").endsWith("name?2026-01-02 ERROR gone?[31m");
    }

    @Test
    void writesToTheFileThroughTheLoggersOfTheJdk() throws IOException {
        Path file = directory.resolve("engine.log");
        EngineLog.open(file, false);
        try {
            System.Logger logger = System.getLogger("io.github.cramdisk.daemon.Sample");
            logger.log(Level.INFO, "disk {0} has {1} clients", "a", 3);
            logger.log(Level.DEBUG, "too quiet");
            logger.log(Level.ERROR, "it failed", new IllegalStateException("because"));
            System.getLogger("somebody.else").log(Level.INFO, "not of interest");
        } finally {
            EngineLog.close();
        }
        assertThat(Files.readString(file))
                .contains("Sample: disk a has 3 clients")
                .contains("IllegalStateException: because")
                .contains("at " + EngineLogTest.class.getName())
                .doesNotContain("quiet", "interest");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsAFewFilesOfBoundedSize() throws IOException {
        byte[] line = ("x".repeat(9999) + "\n").getBytes(StandardCharsets.US_ASCII);
        int lines = RollingFile.MAX_FILE_BYTES / line.length * (RollingFile.FILES + 2);
        try (RollingFile file = RollingFile.open(directory.resolve("engine.log"))) {
            for (int i = 0; i < lines; i++) {
                assertThat(file.append(line)).isTrue();
            }
        }
        try (Stream<Path> list = Files.list(directory)) {
            List<Path> files = list.sorted().toList();
            assertThat(files)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly("engine.log", "engine.log.1", "engine.log.2", "engine.log.3");
            assertThat(files).allMatch(path -> path.toFile().length() <= RollingFile.MAX_FILE_BYTES);
        }
    }

    @Test
    void goesOnWhereTheLastEngineStopped() throws IOException {
        Path path = directory.resolve("engine.log");
        for (String text : List.of("one\n", "two\n")) {
            try (RollingFile file = RollingFile.open(path)) {
                assertThat(file.append(text.getBytes(StandardCharsets.US_ASCII)))
                        .isTrue();
            }
        }
        assertThat(path).hasContent("one\ntwo\n");
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheLog() throws IOException {
        try (RollingFile file = RollingFile.open(directory.resolve("engine.log"))) {
            Thread.currentThread().interrupt();
            assertThat(file.append(new byte[] {'a'})).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(file.append(new byte[] {'b'})).isTrue();
        }
        assertThat(directory.resolve("engine.log")).hasContent("ab");
    }
}
