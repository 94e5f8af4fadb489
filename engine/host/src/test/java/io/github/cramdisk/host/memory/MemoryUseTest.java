// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
    private static final long DISKS = 1024L << 20;

    @Test
    void partsOfTheRecordedLaptopAddUpToItsMemory() throws IOException {
        ProcessMemoryReader engine = new ProcessMemoryReader(Recorded.LAPTOP.resolve("proc/self"), Recorded.ARENAS);
        MemoryUse use = new MachineMemoryReader(Recorded.LAPTOP.resolve("proc"), engine).read(DISKS);

        assertThat(sum(use)).isEqualTo(use.totalBytes()).isEqualTo(16303428L << 10);
        assertThat(use.disksBytes()).isEqualTo(DISKS);
        assertThat(use.sharedBytes()).isEqualTo((1204224L << 10) - DISKS);
        assertThat(use.kernelBytes()).isEqualTo((289124L + 20464 + 61880 + 2048 + 12032) << 10);
        assertThat(use.cacheBytes()).isEqualTo((412036L + 6873180 - 1204224 + 420112 - 6524) << 10);
        assertThat(use.engineBytes()).isEqualTo((40960L + 6524) << 10);
        assertThat(use.swapTotalBytes() - use.swapFreeBytes()).isEqualTo((8388604L - 8120440) << 10);
    }

    @Test
    void neverGivesTheDisksMoreThanThereIsSharedMemory() {
        MemoryUse use = MemoryUse.of(info(1000, 100, 300, 200), 5000, new ProcessMemory(10, 0, 0));

        assertThat(use.disksBytes()).isEqualTo(200);
        assertThat(use.sharedBytes()).isZero();
        assertThat(sum(use)).isEqualTo(1000);
    }

    @Test
    void addsUpEvenWhereTheKernelsCountersDoNot() {
        MemoryUse use = MemoryUse.of(info(1000, 900, 800, 50), 20, new ProcessMemory(10, 0, 0));

        assertThat(sum(use)).isEqualTo(1000);
        assertThat(use.applicationsBytes()).isZero();
        assertThat(use.engineBytes()).isZero();
        assertThat(use.cacheBytes()).isEqualTo(50);
    }

    private static MemInfo info(long total, long free, long cached, long shmem) {
        return new MemInfo(total, free, free, 0, cached, shmem, 0, 0, 0, 0, 0, 0, 0);
    }

    private static long sum(MemoryUse use) {
        return use.applicationsBytes()
                + use.kernelBytes()
                + use.sharedBytes()
                + use.disksBytes()
                + use.cacheBytes()
                + use.freeBytes();
    }
}
