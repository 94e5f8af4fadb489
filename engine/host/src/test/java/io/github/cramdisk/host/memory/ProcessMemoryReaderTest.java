// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryReaderTest {
    private static final Path LAPTOP_SELF = Recorded.LAPTOP.resolve("proc/self");

    @Test
    void countsAnonymousMemoryAndPrivateFilePagesButNoArena() throws IOException {
        ProcessMemory memory = new ProcessMemoryReader(LAPTOP_SELF, Recorded.ARENAS).read();

        long program = 6000 + 24 + 500;
        assertThat(memory).isEqualTo(new ProcessMemory(40960L << 10, 512L << 10, program << 10));
        assertThat(memory.privateBytes()).isEqualTo((40960L + program) << 10);
    }

    @Test
    void countsAMappingWhosePathOnlyBeginsLikeTheArenaDirectory() throws IOException {
        ProcessMemory memory = new ProcessMemoryReader(LAPTOP_SELF, Path.of("/dev/shm/cramdisk-1")).read();

        assertThat(memory.privateFileBytes()).isEqualTo((6000L + 24 + 500 + 1048512) << 10);
    }

    @Test
    void readsFilePagesAgainOnlyWhenTheyAreOld(@TempDir Path process) throws IOException {
        AtomicLong nanos = new AtomicLong();
        Files.copy(LAPTOP_SELF.resolve("status"), process.resolve("status"));
        Files.copy(LAPTOP_SELF.resolve("smaps"), process.resolve("smaps"));
        ProcessMemoryReader reader = new ProcessMemoryReader(process, Recorded.ARENAS, nanos::get);
        long first = reader.read().privateFileBytes();
        Files.copy(process.resolve("status"), process.resolve("smaps"), StandardCopyOption.REPLACE_EXISTING);

        nanos.addAndGet(ProcessMemoryReader.FILE_PAGES_AGE.toNanos() - 1);
        assertThat(reader.read().privateFileBytes()).isEqualTo(first);
        nanos.incrementAndGet();
        assertThat(reader.read().privateFileBytes()).isZero();
    }

    @Test
    void readsThisProcess() throws IOException {
        ProcessMemory memory = new ProcessMemoryReader(Path.of("/proc/self"), Recorded.ARENAS).read();

        assertThat(memory.anonymousBytes()).isGreaterThan(1 << 20);
    }
}
