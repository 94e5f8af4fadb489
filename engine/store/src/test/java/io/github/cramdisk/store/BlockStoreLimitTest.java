// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store does when there is no memory left. */
final class BlockStoreLimitTest {
    private static final int BLOCK = 4096;
    private static final long LIMIT = 16 << 20;
    private static final StoreGeometry GEOMETRY = new StoreGeometry(256 << 20, BLOCK);

    private final TestStores stores = new TestStores();
    private final Random random = new Random(TestStores.newSeed("BlockStoreLimitTest"));
    private final byte[] noise = new byte[BLOCK];

    @AfterEach
    void removeFiles() throws IOException {
        stores.close();
    }

    @Test
    void refusesNewBlocksAtTheLimitAndKeepsWhatIsThere() throws IOException {
        try (BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            long written = fillUp(store);
            assertThat(written).isGreaterThan(LIMIT / 2 / BLOCK);
            assertThat(store.stats().residentBytes()).isLessThanOrEqualTo(LIMIT).isEqualTo(stores.heldBytes());
            for (long block = 0; block < written; block++) {
                assertThat(TestStores.read(store, block * BLOCK, BLOCK)).isEqualTo(noiseOf(block));
            }
            assertThat(TestStores.read(store, written * BLOCK, BLOCK)).containsOnly(0);
        }
    }

    @Test
    void aFullStoreCanBeOverwritten() throws IOException {
        try (BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            long written = fillUp(store);
            for (int i = 0; i < 20_000; i++) {
                long block = random.nextInt((int) written);
                TestStores.write(store, block * BLOCK, noiseOf(block + i), 0, BLOCK);
                assertThat(TestStores.read(store, block * BLOCK, BLOCK)).isEqualTo(noiseOf(block + i));
            }
            assertThat(store.stats().residentBytes()).isLessThanOrEqualTo(LIMIT);
        }
    }

    @Test
    void aTrimMakesRoomAtOnce() throws IOException {
        try (BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            long written = fillUp(store);
            // Every second block, so that no segment becomes empty by itself.
            for (long block = 0; block < written; block += 2) {
                store.trim(block * BLOCK, BLOCK);
            }
            for (long block = written; block < written + written / 2 - 8; block++) {
                TestStores.write(store, block * BLOCK, noiseOf(block), 0, BLOCK);
            }
        }
    }

    /** One of them compacts, the others wait for it and then find nothing left to win: there is room all the same. */
    @Test
    void writersThatWaitForEachOthersCompactionFindRoom() throws Exception {
        int writers = 4;
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try (BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            long written = fillUp(store);
            // Into the reserve, so that new blocks need what the trim frees.
            for (long block = 0; block < 512; block++) {
                TestStores.write(store, block * BLOCK, noiseOf(block + 1), 0, BLOCK);
            }
            store.trim(0, written / 2 * BLOCK);
            long each = written / 2 / writers * 3 / 4;
            CyclicBarrier start = new CyclicBarrier(writers);
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                long first = 2 * written + i * each;
                runs.add(executor.submit(() -> {
                    start.await();
                    byte[] own = new byte[BLOCK];
                    for (long block = first; block < first + each; block++) {
                        new Random(block).nextBytes(own);
                        TestStores.write(store, block * BLOCK, own, 0, BLOCK);
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void smallSlotsOfATrimmedStoreMakeRoomForLargeOnes() throws IOException {
        try (BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            byte[] text = new byte[BLOCK];
            long small = 0;
            try {
                for (; ; small++) {
                    for (int i = 0; i < BLOCK; i++) {
                        text[i] = (byte) ('a' + random.nextInt(2));
                    }
                    TestStores.write(store, small * BLOCK, text, 0, BLOCK);
                }
            } catch (StoreException e) {
                assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL);
            }
            for (long block = 0; block < small; block += 2) {
                store.trim(block * BLOCK, BLOCK);
            }
            long live = store.stats().liveBytes();
            // A quarter of this limit is the reserve for overwrites.
            long fits = (LIMIT * 3 / 4 - live) / BLOCK * 8 / 10;
            for (long block = small; block < small + fits; block++) {
                TestStores.write(store, block * BLOCK, noiseOf(block), 0, BLOCK);
            }
        }
    }

    @Test
    void aRaisedLimitReleasesWritesAtOnce() throws IOException {
        try (BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            long written = fillUp(store);
            store.setRamLimitBytes(2 * LIMIT);
            assertThat(fillFrom(store, written)).isGreaterThan(LIMIT / BLOCK * 9 / 10);
        }
    }

    @Test
    void aLoweredLimitTakesNothingAway() throws IOException {
        try (BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            long written = fillUp(store);
            store.setRamLimitBytes(LIMIT / 2);
            assertThat(fillFrom(store, written)).isZero();
            assertThat(TestStores.read(store, (written - 1) * BLOCK, BLOCK)).isEqualTo(noiseOf(written - 1));
            store.trim(0, GEOMETRY.sizeBytes());
            store.compact();
            assertThat(fillFrom(store, 0)).isBetween(LIMIT / 8 / BLOCK, LIMIT / 2 / BLOCK);
        }
    }

    @Test
    void zeroesNeedNoRoomForSlots() throws IOException {
        try (BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            fillUp(store);
            byte[] zeroes = new byte[BLOCK];
            TestStores.write(store, 0, zeroes, 0, BLOCK);
            assertThat(TestStores.read(store, 0, BLOCK)).containsOnly(0);
        }
    }

    @Test
    void anUnwillingMachineIsLikeAFullStore() throws IOException {
        AtomicBoolean willing = new AtomicBoolean(true);
        try (BlockStore store =
                BlockStore.create(stores.directory(), "t", GEOMETRY, TestStores.LZ4, bytes -> willing.get())) {
            TestStores.write(store, 0, noiseOf(0), 0, BLOCK);
            willing.set(false);
            assertThatThrownBy(() -> TestStores.write(store, 200 << 20, noiseOf(1), 0, BLOCK))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL));
            assertThat(TestStores.read(store, 0, BLOCK)).isEqualTo(noiseOf(0));
            willing.set(true);
            TestStores.write(store, 200 << 20, noiseOf(1), 0, BLOCK);
        }
    }

    @Test
    void compactionOfLargeIncompressibleBlocksEnds() throws IOException {
        byte[] large = new byte[65536];
        try (BlockStore store = stores.create(new StoreGeometry(64 << 20, 65536), TestStores.LZ4)) {
            for (int block = 0; block < 256; block++) {
                random.nextBytes(large);
                TestStores.write(store, block * 65536L, large, 0, large.length);
            }
            store.compact();
            long dense = store.stats().residentBytes();
            assertThat(store.compact()).isZero();
            assertThat(store.stats().residentBytes()).isEqualTo(dense);
        }
    }

    @Test
    void aFullStoreOfLargeBlocksRefusesInsteadOfCompactingForEver() throws IOException {
        byte[] large = new byte[65536];
        StoreSettings limited = new StoreSettings(StoreCodec.LZ4, LIMIT);
        try (BlockStore store = stores.create(new StoreGeometry(64 << 20, 65536), limited)) {
            assertThatThrownBy(() -> {
                        for (int block = 0; block < 1024; block++) {
                            random.nextBytes(large);
                            TestStores.write(store, block * 65536L, large, 0, large.length);
                        }
                    })
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL));
        }
    }

    @Test
    void aFullStoreCanBeOverwrittenAfterReopening() throws IOException {
        StoreSettings limited = new StoreSettings(StoreCodec.LZ4, LIMIT);
        BlockStore store = stores.create(GEOMETRY, limited);
        long written = fillUp(store);
        overwriteUntilFull(store, written);
        overwrite(store, written, 300);
        store.close();
        try (BlockStore reopened = stores.open(limited)) {
            overwrite(reopened, written, 300);
        }
    }

    @Test
    void aStoreThatIsOverItsLimitCanBeOverwrittenAfterReopening() throws IOException {
        BlockStore store = stores.create(GEOMETRY, new StoreSettings(StoreCodec.LZ4, 2 * LIMIT));
        long written = fillUp(store);
        for (long block = 0; block < written; block += 4) {
            store.trim(block * BLOCK, BLOCK);
        }
        store.close();
        try (BlockStore reopened = stores.open(new StoreSettings(StoreCodec.LZ4, LIMIT))) {
            overwrite(reopened, written, 300);
        }
    }

    @Test
    void compactionThatFindsNoRoomDoesNotLoseTheFreeSlots() throws IOException {
        AtomicBoolean willing = new AtomicBoolean(true);
        try (BlockStore store =
                BlockStore.create(stores.directory(), "t", GEOMETRY, TestStores.LZ4, bytes -> willing.get())) {
            long written = 8000;
            for (long block = 0; block < written; block++) {
                TestStores.write(store, block * BLOCK, noiseOf(block), 0, BLOCK);
            }
            willing.set(false);
            for (long block = 0; block < written; block += 8) {
                store.trim(block * BLOCK, BLOCK);
            }
            store.compact();
            overwrite(store, written, 300);
        }
    }

    @Test
    void theGapsOfAReopenedStoreAreUsedWhereTheMachineSparesNothing() throws IOException {
        BlockStore store = stores.create(GEOMETRY, TestStores.LZ4);
        long written = 8000;
        for (long block = 0; block < written; block++) {
            TestStores.write(store, block * BLOCK, noiseOf(block), 0, BLOCK);
        }
        for (long block = 0; block < written; block += 8) {
            store.trim(block * BLOCK, BLOCK);
        }
        store.close();
        try (BlockStore reopened = BlockStore.open(stores.directory(), "t", TestStores.LZ4, bytes -> false)) {
            overwrite(reopened, written, 300);
            for (long block = 0; block < written; block += 16) {
                TestStores.write(reopened, block * BLOCK, noiseOf(block), 0, BLOCK);
            }
            for (long block = 0; block < written; block++) {
                byte[] expected = block % 16 == 8 ? new byte[BLOCK] : noiseOf(block);
                assertThat(TestStores.read(reopened, block * BLOCK, BLOCK)).isEqualTo(expected);
            }
        }
    }

    /** Writes noise over blocks that hold something; none may be refused. */
    private void overwrite(BlockStore store, long written, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            long block = random.nextInt((int) written);
            if (block % 8 != 0) {
                TestStores.write(store, block * BLOCK, noiseOf(block), 0, BLOCK);
            }
        }
    }

    /** Uses the reserve up: parts of blocks that compress are replaced by noise. */
    private void overwriteUntilFull(BlockStore store, long written) throws IOException {
        try {
            for (long block = 0; block < written; block++) {
                TestStores.write(store, block * BLOCK, noiseOf(block + 1), 0, BLOCK);
            }
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL);
        }
    }

    private long fillUp(BlockStore store) throws IOException {
        return fillFrom(store, 0);
    }

    /** Writes incompressible blocks until the store is full; how many it took. */
    private long fillFrom(BlockStore store, long first) throws IOException {
        long block = first;
        try {
            for (; block < GEOMETRY.blocks(); block++) {
                TestStores.write(store, block * BLOCK, noiseOf(block), 0, BLOCK);
            }
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL);
        }
        return block - first;
    }

    private byte[] noiseOf(long block) {
        new Random(block).nextBytes(noise);
        return noise;
    }
}
