// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemInfoTest {
    @Test
    void readsTheRecordedLaptopInBytes() throws IOException {
        MemInfo info = MemInfo.read(Recorded.LAPTOP.resolve("proc"));

        assertThat(info)
                .isEqualTo(new MemInfo(
                        16303428L << 10,
                        2180216L << 10,
                        8421340L << 10,
                        412036L << 10,
                        6873180L << 10,
                        1204224L << 10,
                        420112L << 10,
                        289124L << 10,
                        20464L << 10,
                        (61880L + 2048) << 10,
                        12032L << 10,
                        8388604L << 10,
                        8120440L << 10));
    }

    @Test
    void takesSReclaimableWhereTheKernelHasNoKReclaimable(@TempDir Path proc) throws IOException {
        Files.writeString(proc.resolve("meminfo"), """
                MemTotal: 1000 kB
                MemFree: 500 kB
                MemAvailable: 700 kB
                SReclaimable: 30 kB
                """);

        assertThat(MemInfo.read(proc).reclaimableSlabBytes()).isEqualTo(30 << 10);
    }

    @Test
    void saysWhichLineIsMissing(@TempDir Path proc) throws IOException {
        Files.writeString(proc.resolve("meminfo"), "MemTotal: 1000 kB\nMemFree: 500 kB\n");

        assertThatThrownBy(() -> MemInfo.read(proc))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("MemAvailable");
    }

    @Test
    void readsThisMachine() throws IOException {
        MemInfo info = MemInfo.read(Path.of("/proc"));

        assertThat(info.totalBytes()).isPositive();
        assertThat(info.freeBytes()).isBetween(1L, info.totalBytes());
        assertThat(info.availableBytes()).isBetween(1L, info.totalBytes());
    }
}
