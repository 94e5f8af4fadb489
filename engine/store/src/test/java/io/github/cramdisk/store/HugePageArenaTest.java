// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.arena.ArenaMapping;
import io.github.cramdisk.store.arena.MemoryBudget;
import io.github.cramdisk.store.arena.Purpose;
import io.github.cramdisk.store.arena.SlotAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store on a tmpfs with huge pages. Mounting one takes root. */
final class HugePageArenaTest {
    private static final int MEBI = 1 << 20;
    private static final int SIZE = 160 * MEBI;

    /** Of a slot of 4 KiB. */
    private static final int GRANULES = 256;

    private final TestStores stores = new TestStores();
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        Assumptions.assumeTrue(
                root || System.getenv("CI") != null, "not root, so no tmpfs with huge pages can be mounted");
        String options = "size=512m,mode=700,huge=advise";
        assertThat(run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        options,
                        "tmpfs",
                        stores.directory().toString()))
                .isZero();
        mounted = true;
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", stores.directory().toString())).isZero();
        }
        stores.close();
    }

    @Test
    void countsWhatItHoldsAndGivesItBack() throws IOException {
        byte[] model = new byte[SIZE];
        new Random(TestStores.newSeed("HugePageArenaTest")).nextBytes(model);
        try (BlockStore store = stores.create(new StoreGeometry(SIZE, 4096), TestStores.LZ4)) {
            for (int offset = 0; offset < SIZE; offset += MEBI) {
                TestStores.write(store, offset, model, offset, MEBI);
                assertThat(store.stats().residentBytes()).isEqualTo(stores.heldBytes());
            }
            store.trim(SIZE / 4, SIZE / 2);
            java.util.Arrays.fill(model, SIZE / 4, SIZE / 4 * 3, (byte) 0);
            store.compact();
            assertThat(store.stats().residentBytes())
                    .isLessThan(SIZE / 2 + 8 * MEBI)
                    .isEqualTo(stores.heldBytes());
        }
        try (BlockStore reopened = stores.open(TestStores.LZ4)) {
            assertThat(reopened.stats().residentBytes()).isEqualTo(stores.heldBytes());
            for (int offset = 0; offset < SIZE; offset += MEBI) {
                byte[] expected = java.util.Arrays.copyOfRange(model, offset, offset + MEBI);
                assertThat(java.util.Arrays.equals(TestStores.read(reopened, offset, MEBI), expected))
                        .isTrue();
            }
        }
    }

    @Test
    void theNextSegmentIsTakenInAdvanceForWritesButNotForMoves() throws IOException {
        for (Purpose purpose : List.of(Purpose.FRESH, Purpose.MOVE)) {
            MemoryBudget budget = new MemoryBudget(bytes -> true, StoreSettings.NO_LIMIT);
            Path file = stores.directory().resolve("arena-" + purpose);
            try (ArenaMapping memory = ArenaMapping.open(file, SlotAllocator.MAX_BYTES, true, true)) {
                SlotAllocator arena = new SlotAllocator(memory, budget, GRANULES, GRANULES);
                int segments = 40;
                int slots = segments * SlotAllocator.SEGMENT_BYTES / (GRANULES * Arena.GRANULE_BYTES);
                for (int i = 0; i < slots; i++) {
                    assertThat(arena.allocate(GRANULES, purpose)).isNotEqualTo(Arena.NO_ROOM);
                }
                int spare = purpose == Purpose.MOVE ? 0 : 1;
                assertThat(arena.committedBytes()).isEqualTo((segments + spare) * (long) SlotAllocator.SEGMENT_BYTES);
            }
            Files.delete(file);
        }
    }

    @Test
    void aFullFileSystemIsAFullStore() throws IOException {
        byte[] noise = new byte[MEBI];
        Random random = new Random(1);
        long written = 0;
        try (BlockStore store = stores.create(new StoreGeometry(1L << 30, 4096), TestStores.LZ4)) {
            for (; written < 1024; written++) {
                random.nextBytes(noise);
                TestStores.write(store, written * MEBI, noise, 0, MEBI);
            }
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL);
        }
        assertThat(written).isBetween(450L, 511L);
        try (BlockStore reopened = stores.open(TestStores.LZ4)) {
            assertThat(reopened.stats().residentBytes()).isEqualTo(stores.heldBytes());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
