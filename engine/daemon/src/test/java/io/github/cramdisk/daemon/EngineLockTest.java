// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLockTest {
    @TempDir
    private Path directory;

    @Test
    void knowsWhetherTheEngineBeforeEndedInOrder() throws IOException {
        Path file = directory.resolve("lock");
        EngineLock first = EngineLock.take(file);
        assertThat(first.isTakenFromTheDead()).isFalse();
        first.close();

        EngineLock afterDeath = EngineLock.take(file);
        assertThat(afterDeath.isTakenFromTheDead()).isTrue();
        afterDeath.release();

        try (EngineLock afterOrder = EngineLock.take(file)) {
            assertThat(afterOrder.isTakenFromTheDead()).isFalse();
        }
    }
}
