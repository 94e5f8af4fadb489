// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How idle the machine is. */
final class ProcessorTimeTest {
    @TempDir
    private Path root;

    @Test
    void tellsHowManyProcessorsWereIdle() throws IOException {
        ProcessorTime before =
                stat("cpu  100 0 50 800 50 0 0 0 7 0\ncpu0 50 0 25 400 25 0 0 0 0 0\ncpu1 1 1 1 1 1 1 1 1 1 1\n");
        ProcessorTime after =
                stat("cpu  200 0 50 950 100 0 0 0 9 0\ncpu0 50 0 25 400 25 0 0 0 0 0\ncpu1 1 1 1 1 1 1 1 1 1 1\n");
        assertThat(after.processors()).isEqualTo(2);
        assertThat(after.idleProcessorsSince(before)).isCloseTo(2 * 200.0 / 300, within(0.001));
        assertThat(before.idleProcessorsSince(before)).isZero();
        assertThat(before.idleProcessorsSince(after)).isZero();
    }

    @Test
    void refusesWhatIsNoStatistics() {
        assertThatThrownBy(() -> stat("intr 1 2 3\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> stat("cpu  1 2 x 4 5 6 7 8\ncpu0 1\n")).isInstanceOf(IOException.class);
    }

    @Test
    void readsThisMachine() throws IOException {
        ProcessorTime now = ProcessorTime.read(Path.of("/proc"));
        assertThat(now.processors()).isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(now.idleTicks()).isPositive().isLessThanOrEqualTo(now.allTicks());
    }

    private ProcessorTime stat(String text) throws IOException {
        Files.writeString(root.resolve("stat"), text);
        return ProcessorTime.read(root);
    }
}
