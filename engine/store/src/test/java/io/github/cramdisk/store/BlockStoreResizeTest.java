// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that becomes larger and smaller while it is in use. */
final class BlockStoreResizeTest {
    private static final int STEP = 4096;
    private static final int MIB = 1 << 20;

    private final TestStores stores = new TestStores();

    @AfterEach
    void removeFiles() throws IOException {
        stores.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 16384, 65536})
    void agreesWithAByteArrayOverManySizes(int blockBytes) throws IOException {
        Random random = new Random(TestStores.newSeed("agreesWithAByteArrayOverManySizes " + blockBytes));
        byte[] model = new byte[8 * MIB];
        int size = MIB + STEP;
        BlockStore store = stores.create(new StoreGeometry(size, blockBytes), TestStores.LZ4);
        for (int i = 0; i < 400; i++) {
            int wish = STEP * (1 + random.nextInt(model.length / STEP));
            int used = size;
            while (used > 0 && model[used - 1] == 0) {
                used--;
            }
            boolean refused = store.resize(wish).isPresent();
            if (wish >= used) {
                assertThat(refused).as("to %d with %d used", wish, used).isFalse();
            }
            if (!refused) {
                assertThat(wish).isGreaterThanOrEqualTo(used);
                size = wish;
            }
            assertThat(store.geometry().sizeBytes()).isEqualTo(size);
            int offset = random.nextInt(size);
            int length = Math.min(size - offset, random.nextInt(200_000));
            if (random.nextInt(3) == 0) {
                store.trim(offset, size - offset);
                Arrays.fill(model, offset, size, (byte) 0);
            } else {
                TestStores.fill(random, model, offset, length);
                TestStores.write(store, offset, model, offset, length);
            }
            assertThat(TestStores.read(store, 0, size)).isEqualTo(Arrays.copyOf(model, size));
            if (i % 50 == 49) {
                store.close();
                store = stores.open(TestStores.LZ4);
                assertThat(store.geometry()).isEqualTo(new StoreGeometry(size, blockBytes));
                // Compaction in the background has nothing left to do then, so the two numbers belong together.
                store.compact();
                assertThat(store.stats().residentBytes()).isEqualTo(stores.heldBytes());
            }
        }
        store.destroy();
    }

    @Test
    void saysHowSmallItCanBecomeAndChangesNothing() throws IOException {
        try (BlockStore store = stores.create(new StoreGeometry(64 * MIB, STEP), TestStores.LZ4)) {
            TestStores.write(store, 10 * MIB + 5, new byte[] {1}, 0, 1);
            store.zero(30 * MIB, MIB, false);

            assertThat(store.resize(8 * MIB)).hasValue(10 * MIB + STEP);
            assertThat(store.resize(10 * MIB)).hasValue(10 * MIB + STEP);
            assertThat(store.geometry().sizeBytes()).isEqualTo(64 * MIB);
            assertThat(store.resize(10 * MIB + STEP)).isEmpty();
            assertThat(store.stats().logicalBytes()).isEqualTo(STEP);
            assertThat(TestStores.read(store, 10 * MIB + 5, 1)).containsExactly(1);
        }
    }

    @Test
    void whatWasCutOffDoesNotComeBack() throws IOException {
        try (BlockStore store = stores.create(new StoreGeometry(128 << 10, 64 << 10), TestStores.LZ4)) {
            byte[] noise = new byte[128 << 10];
            new Random(1).nextBytes(noise);
            TestStores.write(store, 0, noise, 0, noise.length);
            store.trim(68 << 10, 60 << 10);
            assertThat(store.resize(68 << 10)).isEmpty();
            assertThat(store.resize(192 << 10)).isEmpty();

            assertThat(TestStores.read(store, 0, 68 << 10)).isEqualTo(Arrays.copyOf(noise, 68 << 10));
            assertThat(TestStores.read(store, 68 << 10, 124 << 10)).containsOnly(0);
        }
    }

    @Test
    void growsToTheLargestSizeAtNoCost() throws IOException {
        try (BlockStore store = stores.create(new StoreGeometry(MIB, STEP), TestStores.LZ4)) {
            long before = store.stats().residentBytes();
            assertThat(store.resize(StoreGeometry.MAX_SIZE_BYTES)).isEmpty();
            assertThat(store.stats().residentBytes()).isEqualTo(before);
            TestStores.write(store, StoreGeometry.MAX_SIZE_BYTES - 3, new byte[] {1, 2, 3}, 0, 3);
            assertThat(TestStores.read(store, StoreGeometry.MAX_SIZE_BYTES - 4, 4))
                    .containsExactly(0, 1, 2, 3);
            assertThatThrownBy(() -> store.resize(STEP - 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Whatever a writer is told was written is there, and nothing is there beyond the end. */
    @ParameterizedTest
    @ValueSource(ints = {4096, 65536})
    void writersAndATrimmerMeetAMovingEnd(int blockBytes) throws Exception {
        long seed = TestStores.newSeed("writersAndATrimmerMeetAMovingEnd " + blockBytes);
        int small = 2 * MIB + STEP;
        int large = 2 * MIB + 20 * STEP;
        BlockStore store = stores.create(new StoreGeometry(small, blockBytes), TestStores.LZ4);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Future<?> writer = executor.submit(() -> {
                Random random = new Random(seed);
                byte[] bytes = new byte[STEP];
                for (int i = 0; i < 20_000; i++) {
                    random.nextBytes(bytes);
                    int offset = small + STEP * random.nextInt((large - small) / STEP);
                    try {
                        TestStores.write(store, offset, bytes, 0, STEP);
                    } catch (StoreException e) {
                        assertThat(e.reason()).isEqualTo(StoreException.Reason.BEYOND_END);
                        continue;
                    }
                    // Nobody trims here, so the store cannot become smaller from now on, until it is zeroed again.
                    assertThat(TestStores.read(store, offset, STEP)).isEqualTo(bytes);
                    store.zero(offset, STEP, random.nextBoolean());
                }
                return null;
            });
            Future<?> trimmer = executor.submit(() -> {
                while (!writer.isDone()) {
                    store.trim(small - 3 * STEP, 3 * STEP);
                }
                return null;
            });
            boolean grow = true;
            while (!writer.isDone()) {
                if (store.resize(grow ? large : small).isEmpty()) {
                    grow = !grow;
                }
            }
            writer.get();
            trimmer.get();
        } finally {
            executor.shutdownNow();
        }
        assertThat(store.resize(small)).isEmpty();
        store.close();
        try (BlockStore reopened = stores.open(TestStores.LZ4)) {
            assertThat(reopened.stats().logicalBytes()).isLessThanOrEqualTo(small);
        }
    }
}
