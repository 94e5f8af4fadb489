// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.gui.engine.DiskHistory.Series;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DiskHistoryTest {
    private final DiskHistory history = new DiskHistory();

    @Test
    void keepsTheNewestPointsWhenFull() {
        for (int i = 0; i < DiskHistory.CAPACITY + 10; i++) {
            history.add(i * 500L, i, 0, 0, 0, 0);
        }
        assertThat(history.size()).isEqualTo(DiskHistory.CAPACITY);
        assertThat(history.get(Series.LOGICAL, 0)).isEqualTo(10);
        assertThat(history.get(Series.LOGICAL, history.size() - 1)).isEqualTo(DiskHistory.CAPACITY + 9);
        assertThat(history.firstSince(20 * 500L)).isEqualTo(10);
        assertThat(history.firstSince(Long.MAX_VALUE)).isEqualTo(history.size());
    }

    @Test
    void measuresTheRateOfTheLastSeconds() {
        for (int i = 0; i <= 10; i++) {
            history.add(i * 500L, 0, 0, 0, i * 1000L, 0);
        }
        assertThat(history.rate(Series.READ, 2000)).isEqualTo(2000);
        assertThat(history.rate(Series.WRITTEN, 2000)).isZero();
    }

    @Test
    void aRestartedCounterIsNoNegativeRate() {
        history.add(0, 0, 0, 0, 0, 9_000_000);
        history.add(500, 0, 0, 0, 0, 0);
        history.add(1000, 0, 0, 0, 0, 1000);
        assertThat(history.rate(Series.WRITTEN, 2000)).isEqualTo(1000);
        assertThat(Arrays.stream(history.growth(Series.WRITTEN, 60_000, 30))
                        .min()
                        .orElse(-1))
                .isNotNegative();
    }

    @Test
    void growthAddsUpToWhatWasWritten() {
        for (int i = 0; i <= 60; i++) {
            history.add(i * 500L, 0, 0, 0, 0, i * 10L);
        }
        double sum = 0;
        for (double bytes : history.growth(Series.WRITTEN, 60_000, 30)) {
            sum += bytes;
        }
        assertThat(sum).isEqualTo(600);
    }
}
