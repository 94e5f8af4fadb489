// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryHeadroomTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void staysAboveTheFloorOfTheMachine(@TempDir Path root) throws IOException {
        meminfo(root, 8L << 20, 1L << 20);
        MemoryHeadroom headroom = new MemoryHeadroom(root, nanos::get);

        assertThat(headroom.allows((768L << 20) + 1)).isFalse();
        assertThat(headroom.allows(768L << 20)).isTrue();
    }

    @Test
    void countsWhatItAllowedUntilTheNextReading(@TempDir Path root) throws IOException {
        meminfo(root, 8L << 20, 1L << 20);
        MemoryHeadroom headroom = new MemoryHeadroom(root, nanos::get);

        assertThat(headroom.allows(700L << 20)).isTrue();
        assertThat(headroom.allows(100L << 20)).isFalse();
        nanos.addAndGet(MemoryHeadroom.READING_AGE.toNanos());
        assertThat(headroom.allows(100L << 20)).isTrue();
    }

    @Test
    void keepsNoMoreThanAQuarterOfASmallMachineFree(@TempDir Path root) throws IOException {
        meminfo(root, 512L << 10, 200L << 10);
        MemoryHeadroom headroom = new MemoryHeadroom(root, nanos::get);

        assertThat(headroom.allows((200L - 128) << 20)).isTrue();
        assertThat(headroom.allows(1)).isFalse();
    }

    @Test
    void respectsTheLimitOfTheControlGroup() {
        MemoryHeadroom headroom = new MemoryHeadroom(Recorded.CONTAINER, nanos::get);
        long free = 402653184L - 268435456 - MemoryHeadroom.CGROUP_FLOOR_BYTES;

        assertThat(headroom.allows(free + 1)).isFalse();
        assertThat(headroom.allows(free)).isTrue();
    }

    @Test
    void allowsEverythingWhereNothingCanBeRead(@TempDir Path root) {
        assertThat(new MemoryHeadroom(root, nanos::get).allows(1L << 40)).isTrue();
    }

    private static void meminfo(Path root, long totalKibi, long availableKibi) throws IOException {
        Path proc = Files.createDirectories(root.resolve("proc"));
        Files.writeString(proc.resolve("meminfo"), """
                MemTotal: %d kB
                MemFree: %d kB
                MemAvailable: %d kB
                """.formatted(totalKibi, availableKibi, availableKibi));
    }
}
