// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trims, zeroes and extents: at every border, and over any length. */
final class BlockStoreRangeTest {
    private static final long LEAF_BYTES = 512L * 4096;

    private final TestStores stores = new TestStores();

    @AfterEach
    void removeFiles() throws IOException {
        stores.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void erasingAtEveryBorderLeavesNeighboursIntact(boolean mayTrim) throws IOException {
        int size = (int) (3 * LEAF_BYTES);
        byte[] original = new byte[size];
        new Random(7).nextBytes(original);
        int leaf = (int) LEAF_BYTES;
        // Block, leaf and segment borders; a segment of raw blocks ends somewhere inside.
        int[] points = {
            0,
            1,
            4095,
            4096,
            4097,
            8192,
            leaf - 4096,
            leaf - 1,
            leaf,
            leaf + 1,
            leaf + 4096,
            2 * leaf - 1,
            2 * leaf,
            2 * leaf + 1,
            2 * leaf + 4095,
            size - 4097,
            size - 4096,
            size - 1,
            size
        };
        for (int from : points) {
            for (int to : points) {
                if (from > to) {
                    continue;
                }
                BlockStore store = stores.create(new StoreGeometry(size, 4096), TestStores.LZ4);
                TestStores.write(store, 0, original, 0, size);
                store.zero(from, to - from, mayTrim);
                byte[] expected = original.clone();
                Arrays.fill(expected, from, to, (byte) 0);
                assertThat(Arrays.equals(TestStores.read(store, 0, size), expected))
                        .as("zeroes from %d to %d", from, to)
                        .isTrue();
                store.destroy();
            }
        }
    }

    @Test
    void extentsAgreeWithWhatWasDone() throws IOException {
        Random random = new Random(TestStores.newSeed("extentsAgreeWithWhatWasDone"));
        int blocks = 5000;
        try (BlockStore store = stores.create(new StoreGeometry(blocks * 4096L, 4096), TestStores.LZ4)) {
            // 0 hole, 1 zero, 2 data
            int[] states = new int[blocks];
            byte[] noise = new byte[4096];
            for (int i = 0; i < 300; i++) {
                int first = random.nextInt(blocks);
                int count = random.nextInt(Math.min(600, blocks - first)) + 1;
                int state = random.nextInt(3);
                Arrays.fill(states, first, first + count, state);
                for (int block = first; state == 2 && block < first + count; block++) {
                    random.nextBytes(noise);
                    TestStores.write(store, block * 4096L, noise, 0, 4096);
                }
                if (state != 2) {
                    store.zero(first * 4096L, count * 4096L, state == 0);
                }
                long from = random.nextInt(blocks * 4096);
                long length = Math.min(blocks * 4096L - from, 1 + random.nextInt(8 << 20));
                assertExtents(store, states, from, length);
            }
            assertExtents(store, states, 0, blocks * 4096L);
        }
    }

    private static void assertExtents(BlockStore store, int[] states, long from, long length) throws StoreException {
        long[] position = {from};
        int[] last = {-1};
        store.extents(from, length, (extentLength, hole, zero) -> {
            int state = hole ? 0 : zero ? 1 : 2;
            assertThat(state).as("neighbours are merged").isNotEqualTo(last[0]);
            assertThat(zero).isEqualTo(state != 2);
            long end = position[0] + extentLength;
            for (long block = position[0] / 4096; block * 4096 < end; block++) {
                assertThat(states[(int) block]).as("block %d", block).isEqualTo(state);
            }
            position[0] = end;
            last[0] = state;
            return true;
        });
        assertThat(position[0]).isEqualTo(from + length);
    }

    @Test
    void aVisitorThatHasEnoughIsLeftAlone() throws IOException {
        try (BlockStore store = stores.create(new StoreGeometry(1 << 20, 4096), TestStores.LZ4)) {
            TestStores.write(store, 8192, new byte[] {1}, 0, 1);
            List<Long> lengths = new ArrayList<>();
            store.extents(0, 1 << 20, (length, hole, zero) -> {
                lengths.add(length);
                return lengths.size() < 2;
            });
            assertThat(lengths).containsExactly(8192L, 4096L);
        }
    }

    @Test
    void theLargestStoreCostsNothingUntilItIsUsed() throws IOException {
        long size = StoreGeometry.MAX_SIZE_BYTES;
        byte[] bytes = "far away".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        long[] places = {0, 1L << 32, (1L << 43) - 4, size / 2 + 12345, size - 8};
        try (BlockStore store = stores.create(new StoreGeometry(size, 4096), TestStores.LZ4)) {
            assertThat(stores.heldBytes()).isLessThanOrEqualTo(16 << 10);
            for (long place : places) {
                TestStores.write(store, place, bytes, 0, bytes.length);
            }
            for (long place : places) {
                assertThat(TestStores.read(store, place, bytes.length)).isEqualTo(bytes);
            }
            List<Long> data = new ArrayList<>();
            long[] position = {0};
            store.extents(0, size, (length, hole, zero) -> {
                if (!zero) {
                    data.add(position[0]);
                }
                position[0] += length;
                return true;
            });
            assertThat(position[0]).isEqualTo(size);
            assertThat(data).containsExactly(0L, 1L << 32, (1L << 43) - 4096, (size / 2 + 12345) & -4096L, size - 4096);
            assertThat(stores.heldBytes()).isLessThan(1 << 20);
        }
        try (BlockStore reopened = stores.open(TestStores.LZ4)) {
            for (long place : places) {
                assertThat(TestStores.read(reopened, place, bytes.length)).isEqualTo(bytes);
            }
            reopened.trim(0, size);
            reopened.compact();
            assertThat(stores.heldBytes()).isLessThanOrEqualTo(16 << 10);
        }
    }

    @Test
    void theSmallestStoreWorks() throws IOException {
        byte[] bytes = new byte[4096];
        new Random(3).nextBytes(bytes);
        try (BlockStore store = stores.create(new StoreGeometry(4096, 65536), TestStores.LZ4)) {
            TestStores.write(store, 0, bytes, 0, 4096);
            assertThat(TestStores.read(store, 0, 4096)).isEqualTo(bytes);
            assertThat(store.stats().logicalBytes()).isEqualTo(4096);
            store.trim(0, 4096);
            store.compact();
            assertThat(store.stats().logicalBytes()).isZero();
            assertThat(store.stats().liveBytes()).isZero();
        }
    }

    @Test
    void aTrimBesideAWriteInAFreshLeafTouchesOnlyItsRange() throws Exception {
        int leaves = 4000;
        byte[] written =
                "written while the rest of the leaf is trimmed".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (BlockStore store = stores.create(new StoreGeometry(leaves * LEAF_BYTES, 4096), TestStores.LZ4)) {
            AtomicInteger writer = new AtomicInteger();
            AtomicInteger trimmer = new AtomicInteger();
            Future<?> trims = ForkJoinPool.commonPool().submit(() -> {
                for (int leaf = 0; leaf < leaves; leaf++) {
                    meet(trimmer, writer);
                    store.trim(leaf * LEAF_BYTES + 400 * 4096, 8192);
                }
                return null;
            });
            for (int leaf = 0; leaf < leaves; leaf++) {
                meet(writer, trimmer);
                TestStores.write(store, leaf * LEAF_BYTES, written, 0, written.length);
            }
            trims.get();
            for (int leaf = 0; leaf < leaves; leaf++) {
                assertThat(TestStores.read(store, leaf * LEAF_BYTES, written.length))
                        .as("leaf %d", leaf)
                        .isEqualTo(written);
            }
        }
    }

    /** Lets two threads go on at the same moment, closer than any lock could. */
    private static void meet(AtomicInteger mine, AtomicInteger other) {
        int round = mine.incrementAndGet();
        while (other.get() < round) {
            Thread.onSpinWait();
        }
    }

    @Test
    void blocksOfOnePatternTakeNoSlot() throws IOException {
        byte[] pattern = new byte[40960];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) "RAM!".charAt(i & 3);
        }
        try (BlockStore store = stores.create(new StoreGeometry(1 << 20, 4096), TestStores.LZ4)) {
            TestStores.write(store, 0, pattern, 0, pattern.length);
            TestStores.write(store, 1 << 19, new byte[8192], 0, 8192);
            StoreStats stats = store.stats();
            assertThat(stats.sameFilledBlocks()).isEqualTo(10);
            assertThat(stats.zeroBlocks()).isEqualTo(2);
            assertThat(stats.liveBytes()).isZero();
            assertThat(stats.logicalBytes()).isEqualTo(12 * 4096);
            for (int from = 0; from < 9; from++) {
                byte[] expected = Arrays.copyOfRange(pattern, from, from + 4100);
                assertThat(TestStores.read(store, from, 4100)).isEqualTo(expected);
            }
        }
    }

    @Test
    void compactionAfterATrimGivesNineTenthsBackByItself() throws IOException {
        int blocks = 16_000;
        byte[] noise = new byte[4096];
        try (BlockStore store = stores.create(new StoreGeometry(blocks * 4096L, 4096), TestStores.LZ4)) {
            for (int block = 0; block < blocks; block++) {
                new Random(block).nextBytes(noise);
                TestStores.write(store, block * 4096L, noise, 0, 4096);
            }
            long before = stores.heldBytes();
            long kept = 0;
            for (int block = 0; block < blocks; block += 64) {
                // Scattered, so that every segment keeps something.
                store.trim(block * 4096L, 48 * 4096L);
                kept += 16;
            }
            long freed = (blocks - kept) * 4096L;
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(5))
                    .until(() -> before - stores.heldBytes() >= freed * 9 / 10);
            for (int block = 48; block < blocks; block += 64) {
                new Random(block).nextBytes(noise);
                assertThat(TestStores.read(store, block * 4096L, 4096)).isEqualTo(noise);
            }
        }
    }
}
