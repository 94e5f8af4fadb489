// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessClockTest {
    @Test
    void readsTheAgeOfAProcessWithABlankAndAParenthesisInItsName(@TempDir Path proc) throws IOException {
        Files.createDirectory(proc.resolve("self"));
        Files.writeString(
                proc.resolve("self/stat"),
                "4711 (a b) c) S 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 24 0 123456 6442450944 270000 0");
        Files.writeString(proc.resolve("uptime"), "1236.06 4400.12\n");

        assertThat(ProcessClock.ageOfThisProcess(proc)).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void saysThatItCannotReadRubbish(@TempDir Path proc) throws IOException {
        Files.createDirectory(proc.resolve("self"));
        Files.writeString(proc.resolve("self/stat"), "1 (x) S 1");
        Files.writeString(proc.resolve("uptime"), "1.0 1.0");

        assertThatThrownBy(() -> ProcessClock.ageOfThisProcess(proc)).isInstanceOf(IOException.class);
    }

    @Test
    void readsThisProcess() throws IOException {
        assertThat(ProcessClock.ageOfThisProcess(Path.of("/proc"))).isBetween(Duration.ZERO, Duration.ofHours(12));
    }
}
