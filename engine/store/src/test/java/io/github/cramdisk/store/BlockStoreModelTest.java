// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The store against a plain byte array, under random operations. */
final class BlockStoreModelTest {
    private static final int SIZE = 6 << 20;
    private static final int MAX_LENGTH = 300_000;
    private static final List<StoreCodec> CODECS =
            List.of(StoreCodec.LZ4, StoreCodec.zstd(1), StoreCodec.zstd(3), StoreCodec.NONE);

    private final TestStores stores = new TestStores();

    @AfterEach
    void removeFiles() throws IOException {
        stores.close();
    }

    @ParameterizedTest
    @CsvSource({
        "4096,LZ4,0",
        "4096,ZSTD,1",
        "4096,NONE,0",
        "8192,LZ4,0",
        "8192,ZSTD,3",
        "16384,LZ4,0",
        "16384,ZSTD,19",
        "32768,LZ4,0",
        "32768,ZSTD,3",
        "65536,LZ4,0",
        "65536,ZSTD,3"
    })
    void agreesWithAByteArray(int blockBytes, StoreCodec.Algorithm algorithm, int level) throws IOException {
        Random random = new Random(TestStores.newSeed("agreesWithAByteArray " + blockBytes + " " + algorithm));
        StoreSettings settings = new StoreSettings(new StoreCodec(algorithm, level), StoreSettings.NO_LIMIT, 1);
        // Not a multiple of a large block: the last block is partial.
        int size = SIZE + 4096;
        byte[] model = new byte[size];
        BlockStore store = stores.create(new StoreGeometry(size, blockBytes), settings);
        long now = 0;
        for (int i = 0; i < 1500; i++) {
            operate(random, store, model, 0, size);
            if (i % 250 == 249) {
                store.close();
                store = stores.open(settings);
            }
            if (i % 50 == 20) {
                store.squeeze(1 + random.nextInt(3), share -> random.nextInt(10) > 0);
            }
            if (i % 50 == 40) {
                store.setCodec(CODECS.get(random.nextInt(CODECS.size())));
                now += TimeUnit.SECONDS.toNanos(random.nextInt(30));
            }
            if (i % 50 >= 40) {
                store.squeezeStep(now);
            }
            if (i % 100 == 99) {
                store.compact();
                assertThat(TestStores.read(store, 0, size)).isEqualTo(model);
                assertHeldMemoryIsCounted(store);
            }
        }
        store.trim(0, size);
        store.compact();
        StoreStats empty = store.stats();
        assertThat(empty.liveBytes()).isZero();
        assertThat(empty.storedBytes()).isZero();
        assertThat(empty.logicalBytes()).isZero();
        assertThat(empty.storedSizeHistogram()).containsOnly(0L);
        store.destroy();
        assertThat(stores.heldBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"4096", "8192", "16384", "32768", "65536"})
    void threadsOnRangesOfTheirOwnDoNotDisturbEachOther(int blockBytes) throws Exception {
        long seed = TestStores.newSeed("threadsOnRangesOfTheirOwnDoNotDisturbEachOther " + blockBytes);
        int threads = 4;
        // Ranges meet inside blocks, so that neighbours merge into the same block.
        int range = (4 << 20) + 777;
        int size = (threads * range + 4095) / 4096 * 4096;
        byte[][] models = new byte[threads][];
        BlockStore store = stores.create(new StoreGeometry(size, blockBytes), TestStores.LZ4);
        ExecutorService executor = Executors.newFixedThreadPool(threads + 3);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int number = t;
                models[number] = new byte[range];
                running.add(executor.submit(() -> {
                    Random random = new Random(seed + number);
                    for (int i = 0; i < 3000; i++) {
                        operate(random, store, models[number], (long) number * range, range);
                    }
                    return null;
                }));
            }
            Future<?> compaction = executor.submit(() -> {
                while (running.stream().anyMatch(f -> !f.isDone())) {
                    store.compact();
                }
                return null;
            });
            Future<?> squeezing = executor.submit(() -> {
                while (running.stream().anyMatch(f -> !f.isDone())) {
                    store.squeeze(1, share -> true);
                }
                return null;
            });
            Future<?> changingCodecs = executor.submit(() -> {
                for (int i = 0; running.stream().anyMatch(f -> !f.isDone()); i++) {
                    store.setCodec(CODECS.get(i % CODECS.size()));
                    while (store.squeezeStep(System.nanoTime())) {
                        // The next leaf.
                    }
                }
                store.setCodec(StoreCodec.LZ4);
                return null;
            });
            for (Future<?> future : running) {
                future.get();
            }
            compaction.get();
            squeezing.get();
            changingCodecs.get();
        } finally {
            executor.shutdownNow();
        }
        for (int t = 0; t < threads; t++) {
            assertThat(TestStores.read(store, (long) t * range, range)).isEqualTo(models[t]);
        }
        StoreStats before = store.stats();
        store.close();
        try (BlockStore reopened = stores.open(TestStores.LZ4)) {
            assertThat(reopened.stats().liveBytes()).isEqualTo(before.liveBytes());
            assertThat(reopened.stats().squeezedBlocks()).isEqualTo(before.squeezedBlocks());
            assertThat(reopened.stats().otherCodecBlocks()).isEqualTo(before.otherCodecBlocks());
            assertThat(reopened.stats().storedBytes()).isEqualTo(before.storedBytes());
            assertThat(reopened.stats().storedSizeHistogram()).isEqualTo(before.storedSizeHistogram());
            assertThat(reopened.stats().logicalBytes()).isEqualTo(before.logicalBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"4096", "8192", "16384", "32768", "65536"})
    void everyLengthAndAlignmentAroundABlockBorder(int blockBytes) throws IOException {
        int size = 4 * 65536;
        byte[] model = new byte[size];
        Random random = new Random(TestStores.newSeed("everyLengthAndAlignmentAroundABlockBorder"));
        try (BlockStore store = stores.create(new StoreGeometry(size, blockBytes), TestStores.LZ4)) {
            int[] near = {-9, -8, -7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 8, 9};
            for (int startNear : near) {
                for (int endNear : near) {
                    for (int spans = 0; spans <= 2; spans++) {
                        int start = blockBytes + startNear;
                        int end = blockBytes * (1 + spans) + endNear;
                        if (end < start) {
                            continue;
                        }
                        TestStores.fill(random, model, start, end - start);
                        TestStores.write(store, start, model, start, end - start);
                        int from = Math.max(0, start - 20);
                        byte[] expected = Arrays.copyOfRange(model, from, end + 20);
                        assertThat(TestStores.read(store, from, end + 20 - from))
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    private static void operate(Random random, BlockStore store, byte[] model, long base, int size)
            throws StoreException {
        int length = random.nextInt(4) == 0 ? random.nextInt(MAX_LENGTH) : random.nextInt(20_000);
        int offset = random.nextInt(size);
        if (random.nextInt(3) == 0) {
            offset &= -4096;
            length &= -4096;
        }
        length = Math.min(length, size - offset);
        switch (random.nextInt(8)) {
            case 0 -> {
                store.trim(base + offset, length);
                Arrays.fill(model, offset, offset + length, (byte) 0);
            }
            case 1 -> {
                store.zero(base + offset, length, random.nextBoolean());
                Arrays.fill(model, offset, offset + length, (byte) 0);
            }
            case 2, 3, 4 -> {
                TestStores.fill(random, model, offset, length);
                TestStores.write(store, base + offset, model, offset, length);
            }
            default -> {
                byte[] expected = Arrays.copyOfRange(model, offset, offset + length);
                if (!Arrays.equals(TestStores.read(store, base + offset, length), expected)) {
                    throw new AssertionError("wrong bytes at " + (base + offset) + ", length " + length);
                }
            }
        }
    }

    private void assertHeldMemoryIsCounted(BlockStore store) throws IOException {
        assertThat(store.stats().residentBytes()).isEqualTo(stores.heldBytes());
    }
}
