// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.daemon.disk.RoomWatch.Reading;
import io.github.cramdisk.store.StoreSettings;
import io.github.cramdisk.store.arena.Shortage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomWatchTest {
    private static final long LIMIT = 1200 << 20;
    private static final long CAP = 1000 << 20;

    private final List<String> told = new ArrayList<>();
    private final RoomWatch watch = new RoomWatch(
            "d", Path.of("/arena"), (kind, severity, subject, arguments) -> told.add(kind.sentence(arguments)));

    private void holds(int percent) {
        watch.look(new Reading(CAP / 100 * percent, CAP, LIMIT, false, 0, Shortage.LIMIT, null));
    }

    private void waits(boolean waiting, long refused, Shortage shortage) {
        watch.look(new Reading(0, CAP, LIMIT, waiting, refused, shortage, Duration.ofSeconds(30)));
    }

    @Test
    void tellsEachLevelOnceUntilTheDiskHasFallenWellBelowIt() {
        for (int percent : new int[] {50, 79, 80, 81, 79, 80, 76, 80, 90, 95, 99}) {
            holds(percent);
        }
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).contains("80 %");
        assertThat(told.get(1)).contains("90 %");
        assertThat(told.get(2)).contains("95 %");
        holds(91);
        holds(96);
        assertThat(told).hasSize(3);
        holds(84);
        holds(91);
        assertThat(told).hasSize(4);
    }

    @Test
    void tellsOnlyTheHighestOfSeveralLevelsAndNoneWithoutALimit() {
        holds(97);
        assertThat(told).hasSize(1);
        watch.look(
                new Reading(1L << 40, StoreSettings.NO_LIMIT, StoreSettings.NO_LIMIT, false, 0, Shortage.LIMIT, null));
        assertThat(told).hasSize(1);
    }

    @Test
    void tellsWhenWritesBeginToWaitForWhatAndWhenTheyGoOn() {
        waits(true, 0, Shortage.TMPFS);
        waits(true, 0, Shortage.TMPFS);
        assertThat(told).singleElement().asString().contains("/arena", "after 30 s they fail", "remount");
        waits(false, 0, Shortage.TMPFS);
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).contains("has room again");
        waits(true, 0, Shortage.MACHINE);
        assertThat(told.get(2)).contains("no memory to spare", "Close programs");
    }

    @Test
    void refusedWritesAreNotReleasedOnes() {
        waits(true, 0, Shortage.LIMIT);
        waits(false, 3, Shortage.LIMIT);
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).contains("were refused", "RAM limit");
        waits(false, 3, Shortage.LIMIT);
        assertThat(told).hasSize(2);
    }
}
