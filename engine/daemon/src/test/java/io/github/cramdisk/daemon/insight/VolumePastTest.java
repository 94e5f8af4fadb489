// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.api.insight.VolumeHistory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VolumePastTest {
    private static final int DAY = 86_400;
    private static final long EPOCH = 1_790_000_000L;

    private final VolumePast past = new VolumePast("d", true);

    /** A disk that holds {@code amount} and has read 10 bytes an operation. */
    private void add(long second, long amount, long operations) {
        past.add(
                EPOCH + second,
                new Sample(
                        amount,
                        amount / 2,
                        amount / 2 + 1,
                        VolumeHistory.UNKNOWN,
                        new CommandCounts(operations, operations * 10, 0),
                        new CommandCounts(0, 0, 0)),
                null);
    }

    private VolumeHistory history(long span, long second) {
        return past.history(span, EPOCH + second, (EPOCH + second) * 1000);
    }

    @Test
    void aMinuteIsKeptSecondBySecond() {
        for (int i = 0; i < 200; i++) {
            add(i, i, 5L * i);
        }
        VolumeHistory minute = history(60, 199);
        assertThat(minute.stepMillis()).isEqualTo(1000);
        assertThat(minute.size()).isEqualTo(61);
        assertThat(minute.logicalBytes().get(60)).isEqualTo(199);
        assertThat(minute.logicalBytes().get(0)).isEqualTo(139);
        assertThat(minute.timeMillis(60)).isEqualTo((EPOCH + 199) * 1000);
        assertThat(minute.perSecond(minute.read().operations(), 30)).isEqualTo(5);
        assertThat(minute.perSecond(minute.read().bytes(), 60)).isEqualTo(50);
        assertThat(minute.limitBytes().get(3)).isEqualTo(VolumeHistory.UNKNOWN);
    }

    @Test
    void aDayAndMoreStaysWithinItsArraysAndKeepsItsRates() {
        for (int i = 0; i < DAY + 5000; i++) {
            add(i, i, 7L * i);
        }
        VolumeHistory day = history(DAY, DAY + 4999);
        assertThat(day.size()).isEqualTo(DAY / 300 + 1);
        assertThat(day.perSecond(day.read().operations(), 100)).isCloseTo(7, within(0.01));
        // The step under way is projected.
        assertThat(day.perSecond(day.read().operations(), day.size() - 1)).isCloseTo(7, within(0.5));
        assertThat(history(15 * 60, DAY + 4999).stepMillis()).isEqualTo(5000);
        assertThat(history(3600, DAY + 4999).stepMillis()).isEqualTo(15_000);
        assertThat(history(3601, DAY + 4999).size()).isPositive();
    }

    @Test
    void aLateSampleIsSpreadAndALongSilenceIsAGap() {
        add(0, 100, 0);
        add(1, 100, 0);
        add(4, 100, 30);
        assertThat(history(60, 4).read().operations().toArray()).containsExactly(0, 0, 10, 10, 10);
        add(30, 100, 30);
        VolumeHistory history = history(60, 30);
        assertThat(history.isKnown(4)).isTrue();
        assertThat(history.isKnown(5)).isFalse();
        assertThat(history.isKnown(29)).isFalse();
        assertThat(history.isKnown(30)).isTrue();
    }

    @Test
    void countersThatBeginAnewAreNoNegativeTraffic() {
        add(0, 100, 1000);
        add(1, 0, 20);
        assertThat(history(60, 1).read().operations().toArray()).containsExactly(0, 20);
    }

    @Test
    void aClockThatIsSetBackGoesOnFromWhereItWas() {
        AtomicLong wall = new AtomicLong(100_000);
        SteadyClock clock = new SteadyClock(wall::get);
        assertThat(clock.millis()).isEqualTo(100_000);
        wall.set(40_000);
        assertThat(clock.millis()).isEqualTo(100_000);
        wall.set(41_000);
        assertThat(clock.millis()).isEqualTo(101_000);
        assertThat(clock.toWall(101_000)).isEqualTo(41_000);
    }
}
