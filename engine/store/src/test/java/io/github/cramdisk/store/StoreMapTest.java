// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of the addresses of a store, and of other codecs. */
final class StoreMapTest {
    private static final int BLOCK = 4096;
    private static final long LEAF_BYTES = 512L * BLOCK;

    private final TestStores stores = new TestStores();

    @AfterEach
    void removeFiles() throws IOException {
        stores.close();
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(4);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(4));
        }
        return bytes;
    }

    @Test
    void everyCellSumsUpItsOwnBlocksByKind() throws IOException {
        BlockStore store = stores.create(new StoreGeometry(8 * LEAF_BYTES, BLOCK), TestStores.LZ4);
        TestStores.write(store, 0, noise(4 * BLOCK), 0, 4 * BLOCK);
        TestStores.write(store, 4L * BLOCK, text(4 * BLOCK), 0, 4 * BLOCK);
        store.zero(8L * BLOCK, 8L * BLOCK, false);
        TestStores.write(store, 7 * LEAF_BYTES, text(BLOCK), 0, BLOCK);

        StoreMap map = store.map(0, 8L * BLOCK, (int) (8 * LEAF_BYTES / (8 * BLOCK)));

        assertThat(map.sampled()).isFalse();
        assertThat(map.usedBlocks()).startsWith(8, 8, 0);
        assertThat(map.rawBlocks()).startsWith(4, 0);
        assertThat(map.freeBlocks()).startsWith(0, 8, 0);
        assertThat(map.usedBlocks()[7 * 64]).isEqualTo(1);
        assertThat(map.storedBytes()[0]).isBetween(4L * BLOCK + 4, 8L * BLOCK - 4);
        StoreStats stats = store.stats();
        assertThat(Arrays.stream(map.usedBlocks()).sum() * BLOCK).isEqualTo(stats.logicalBytes());
        assertThat(Arrays.stream(map.storedBytes()).sum()).isEqualTo(stats.storedBytes());
        assertThat(Arrays.stream(map.rawBlocks()).sum()).isEqualTo(stats.rawBlocks());

        StoreMap zoomed = store.map(4L * BLOCK, BLOCK, 6);
        assertThat(zoomed.usedBlocks()).containsExactly(1, 1, 1, 1, 1, 1);
        assertThat(zoomed.freeBlocks()).containsExactly(0, 0, 0, 0, 1, 1);
        store.close();
    }

    @Test
    void squeezedBlocksAreToldApart() throws IOException {
        BlockStore store = stores.create(new StoreGeometry(LEAF_BYTES, BLOCK), TestStores.LZ4);
        TestStores.write(store, 0, text(32 * BLOCK), 0, 32 * BLOCK);
        TestStores.write(store, 64L * BLOCK, noise(4 * BLOCK), 0, 4 * BLOCK);
        assertThat(store.map(0, 32L * BLOCK, 3).squeezedBlocks()).containsOnly(0);

        store.squeeze(9, share -> true);

        StoreMap map = store.map(0, 32L * BLOCK, 3);
        assertThat(map.squeezedBlocks()).containsExactly(32, 0, 0);
        assertThat(Arrays.stream(map.squeezedBlocks()).sum())
                .isEqualTo(store.stats().squeezedBlocks());
        assertThat(map.rawBlocks()).containsExactly(0, 0, 4);
        store.close();
    }

    @Test
    void aBlockThatIsSqueezedByItselfIsToldApartToo() throws IOException {
        int large = 64 << 10;
        BlockStore store = stores.create(new StoreGeometry(LEAF_BYTES * 16L, large), TestStores.LZ4);
        TestStores.write(store, 0, text(4 * large), 0, 4 * large);

        store.squeeze(9, share -> true);

        assertThat(store.stats().squeezedBlocks()).isEqualTo(4);
        assertThat(store.stats().compressedBlocks()).isZero();
        assertThat(store.map(0, 4L * large, 1).squeezedBlocks()).containsExactly(4);
        assertThat(store.stats().otherCodecBlocks()).isZero();
        TestStores.write(store, 0, text(4 * large), 0, 4 * large);
        assertThat(store.stats().squeezedBlocks()).isZero();
        store.close();
    }

    @Test
    void theHistogramOfStoredSizesCountsEverySlotInItsBucket() throws IOException {
        BlockStore store = stores.create(new StoreGeometry(LEAF_BYTES, BLOCK), TestStores.LZ4);
        TestStores.write(store, 0, noise(3 * BLOCK), 0, 3 * BLOCK);
        for (int block = 3; block < 40; block++) {
            byte[] mixed = noise(BLOCK);
            Arrays.fill(mixed, block * 90, BLOCK, (byte) 'x');
            TestStores.write(store, (long) block * BLOCK, mixed, 0, BLOCK);
        }
        StoreMap blocks = store.map(0, BLOCK, 40);
        long[] expected = new long[16];
        for (long stored : blocks.storedBytes()) {
            expected[(int) ((stored - 1) / (BLOCK / 16))]++;
        }
        assertThat(store.stats().storedSizeHistogram())
                .containsExactlyElementsOf(Arrays.stream(expected).boxed().toList());
        store.close();
    }

    @Test
    void aDiskOfSixteenTebibytesIsToldAtOnceAndUntouchedPartsCostNothing() throws IOException {
        long size = 16L << 40;
        BlockStore store = stores.create(new StoreGeometry(size, BLOCK), TestStores.LZ4);
        TestStores.write(store, size - BLOCK, text(BLOCK), 0, BLOCK);
        long held = stores.heldBytes();
        long begin = System.nanoTime();

        StoreMap map = store.map(0, size / 2048, 2048);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(map.usedBlocks()[2047]).isEqualTo(1);
        assertThat(Arrays.stream(map.usedBlocks()).sum()).isEqualTo(1);
        assertThat(stores.heldBytes()).isEqualTo(held);
        assertThatThrownBy(() -> store.map(size, BLOCK, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        store.close();
    }

    @Test
    void aLargeIndexIsSampledAndTheEstimateIsNear() throws IOException {
        BlockStore store = stores.create(new StoreGeometry(64 * LEAF_BYTES, BLOCK), TestStores.LZ4);
        store.zero(0, 64 * LEAF_BYTES, false);
        store.trim(32 * LEAF_BYTES, 16 * LEAF_BYTES);

        StoreMap map = store.map(0, 16 * LEAF_BYTES, 4, 6);

        assertThat(map.sampled()).isTrue();
        long[] used = map.usedBlocks();
        assertThat(used[2]).isZero();
        assertThat(used[0] + used[1] + used[3]).isCloseTo(48L * 512, within(16L * 512));
        store.close();
    }

    @Test
    void trialsGiveTheRatioThatTheStoreItselfHas() throws IOException {
        int length = 2 << 20;
        BlockStore store = stores.create(new StoreGeometry(8L << 20, BLOCK), TestStores.LZ4);
        TestStores.write(store, 1 << 20, text(length), 0, length);
        CodecTrial same = new CodecTrial(StoreCodec.LZ4, BLOCK);
        CodecTrial stronger = new CodecTrial(StoreCodec.zstd(3), 64 << 10);
        try (CodecSample sample = store.sample(List.of(same, stronger), 1)) {
            for (int i = 0; i < 32; i++) {
                assertThat(sample.step()).isTrue();
            }
        }
        StoreStats stats = store.stats();
        double real = (double) stats.logicalBytes() / (stats.liveBytes() + 8 * stats.logicalBytes() / BLOCK);
        assertThat(same.ratio()).isCloseTo(real, within(real * 0.02));
        assertThat(stronger.ratio()).isGreaterThan(same.ratio());
        assertThat(same.plainBytes()).isEqualTo(32L * CodecSample.PART_BYTES);
        assertThat(same.bytesPerSecond()).isGreaterThan(stronger.bytesPerSecond());
        store.close();
    }

    @Test
    void anEmptyOrClosedStoreHasNothingToTry() throws IOException {
        BlockStore store = stores.create(new StoreGeometry(8L << 20, BLOCK), TestStores.LZ4);
        try (CodecSample sample = store.sample(List.of(new CodecTrial(StoreCodec.LZ4, BLOCK)), 1)) {
            assertThat(sample.step()).isFalse();
            TestStores.write(store, 0, text(64 << 10), 0, 64 << 10);
            store.close();
            assertThatThrownBy(sample::step).isInstanceOf(StoreException.class);
        }
    }
}
