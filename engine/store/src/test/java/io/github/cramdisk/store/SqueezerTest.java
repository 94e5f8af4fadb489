// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Squeezing cold blocks, and what brings them back. */
final class SqueezerTest {
    private static final int BLOCK = 4096;
    private static final int SIZE = 4 << 20;
    private static final int BLOCKS = SIZE / BLOCK;
    private static final int LEVEL = 3;
    private static final StoreSettings SETTINGS = new StoreSettings(StoreCodec.LZ4, StoreSettings.NO_LIMIT, LEVEL);

    private final TestStores stores = new TestStores();
    private long now;

    @AfterEach
    void removeFiles() throws IOException {
        stores.close();
    }

    @Test
    void blocksThatStayColdBecomeSmaller() throws IOException {
        byte[] text = TestStores.text(SIZE);
        try (BlockStore store = filled(text, SETTINGS)) {
            StoreStats hot = store.stats();
            walk(store);
            assertThat(store.stats().squeezedBlocks()).isZero();
            walk(store);
            store.compact();
            StoreStats squeezed = store.stats();
            assertThat(squeezed.squeezedBlocks()).isEqualTo(BLOCKS);
            assertThat(squeezed.compressedBlocks()).isZero();
            assertThat(squeezed.residentBytes()).isLessThan(hot.residentBytes() * 9 / 10);
            assertThat(squeezed.storedBytes()).isLessThan(hot.storedBytes() * 9 / 10);
            assertThat(squeezed.logicalBytes()).isEqualTo(hot.logicalBytes());
            assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(text);
        }
    }

    @Test
    void whatIsUsedBetweenTwoWalksStaysHot() throws IOException {
        try (BlockStore store = filled(TestStores.text(SIZE), SETTINGS)) {
            for (int i = 0; i < 4; i++) {
                walk(store);
                TestStores.read(store, 0, BLOCK);
                TestStores.write(store, 5 * BLOCK, TestStores.text(BLOCK), 0, BLOCK);
            }
            assertThat(store.stats().compressedBlocks()).isEqualTo(2);
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS - 2);
        }
    }

    @Test
    void tryingCodecsKeepsNothingHot() throws IOException {
        try (BlockStore store = filled(TestStores.text(SIZE), SETTINGS)) {
            walk(store);
            try (CodecSample sample = store.sample(List.of(new CodecTrial(StoreCodec.LZ4, BLOCK)), 1)) {
                for (int i = 0; i < 64; i++) {
                    assertThat(sample.step()).isTrue();
                }
            }
            walk(store);
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS);
        }
    }

    @Test
    void nothingIsSqueezedAtLevelZero() throws IOException {
        try (BlockStore store = filled(TestStores.text(SIZE), TestStores.LZ4)) {
            for (int i = 0; i < 4; i++) {
                walk(store);
            }
            assertThat(store.stats().squeezedBlocks()).isZero();
            store.setSqueezeLevel(LEVEL);
            walk(store);
            walk(store);
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS);
        }
    }

    @Test
    void aBlockReadByItselfTwiceComesBack() throws IOException {
        byte[] text = TestStores.text(SIZE);
        try (BlockStore store = squeezed(text, SETTINGS)) {
            for (int i = 0; i < 2; i++) {
                assertThat(TestStores.read(store, 7 * BLOCK, BLOCK)).isEqualTo(part(text, 7, 1));
                // Another in between, or the first one's group would still be at hand.
                TestStores.read(store, 700 * BLOCK, BLOCK);
            }
            assertThat(store.stats().compressedBlocks()).isEqualTo(2);
            assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(text);
        }
    }

    @Test
    void blocksAreReadByThemselvesInAnyOrder() throws IOException {
        byte[] content = halfNoise(TestStores.text(SIZE));
        try (BlockStore store = squeezed(content, SETTINGS)) {
            // Memory is short, or they would come back.
            store.compact();
            store.setRamLimitBytes(store.stats().residentBytes());
            Random random = new Random(TestStores.newSeed("blocksAreReadByThemselvesInAnyOrder"));
            int block = 0;
            for (int i = 0; i < 4 * BLOCKS; i++) {
                // Often a neighbour in the same group, before or behind.
                block = random.nextInt(3) == 0 ? random.nextInt(BLOCKS) : (block & -16) + random.nextInt(16);
                int count = Math.min(1 + random.nextInt(6), BLOCKS - block);
                assertThat(TestStores.read(store, (long) block * BLOCK, count * BLOCK))
                        .isEqualTo(part(content, block, count));
            }
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS);
        }
    }

    @Test
    void blocksThatCameBackMakeTheDiskNoLargerThanItWas() throws IOException {
        byte[] content = halfNoise(TestStores.text(SIZE));
        try (BlockStore store = filled(content, SETTINGS)) {
            long hot = store.stats().liveBytes();
            walk(store);
            walk(store);
            int windows = BLOCKS / 16;
            int promoted = 7;
            for (int times = 0; times < 3; times++) {
                // One of each window after the other: what is in a window that was just decoded tells nothing.
                for (int i = 0; i < windows * promoted; i++) {
                    long block = (i % windows) * 16L + i / windows * 2L;
                    TestStores.read(store, block * BLOCK, BLOCK);
                }
            }
            assertThat(store.stats().compressedBlocks()).isGreaterThanOrEqualTo((long) windows * promoted);
            walk(store);
            assertThat(store.stats().liveBytes()).isLessThanOrEqualTo(hot);
            assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(content);
        }
    }

    @Test
    void copyingTheWholeDiskBringsNothingBack() throws IOException {
        try (BlockStore store = squeezed(TestStores.text(SIZE), SETTINGS)) {
            for (int i = 0; i < 3; i++) {
                TestStores.read(store, 0, SIZE);
            }
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS);
        }
    }

    @Test
    void aBlockComesBackOnlyWhileMemoryIsPlenty() throws IOException {
        byte[] text = TestStores.text(SIZE);
        try (BlockStore store = squeezed(text, SETTINGS)) {
            store.setRamLimitBytes(store.stats().residentBytes());
            for (int i = 0; i < 3; i++) {
                TestStores.read(store, 7 * BLOCK, BLOCK);
                TestStores.read(store, 700 * BLOCK, BLOCK);
            }
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS);
        }
    }

    @Test
    void aGroupThatLostMostOfItsBlocksIsMadeAnew() throws IOException {
        byte[] text = TestStores.text(SIZE);
        try (BlockStore store = squeezed(text, SETTINGS)) {
            long live = store.stats().liveBytes();
            for (int first = 0; first < BLOCKS; first += 16) {
                store.trim((long) first * BLOCK, 12L * BLOCK);
                Arrays.fill(text, first * BLOCK, (first + 12) * BLOCK, (byte) 0);
            }
            assertThat(store.stats().liveBytes()).isEqualTo(live);
            walk(store);
            assertThat(store.stats().liveBytes()).isLessThan(live / 2);
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS / 4);
            assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(text);
        }
    }

    @Test
    void whatDoesNotGetSmallerIsLeftAlone() throws IOException {
        byte[] noise = new byte[SIZE];
        new Random(1).nextBytes(noise);
        try (BlockStore store = filled(noise, SETTINGS)) {
            for (int i = 0; i < 3; i++) {
                walk(store);
            }
            assertThat(store.stats().rawBlocks()).isEqualTo(BLOCKS);
            assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(noise);
            // Settled: the next walk finds nothing to do, and the one after it does not begin.
            walk(store);
            now += TimeUnit.SECONDS.toNanos(60);
            walk(store);
            assertThat(store.squeezeStep(now + TimeUnit.SECONDS.toNanos(60))).isFalse();
        }
    }

    @Test
    void squeezedBlocksSurviveReopening() throws IOException {
        byte[] text = TestStores.text(SIZE);
        BlockStore store = squeezed(text, SETTINGS);
        StoreStats before = store.stats();
        store.close();
        try (BlockStore reopened = stores.open(SETTINGS)) {
            assertThat(reopened.stats().squeezedBlocks()).isEqualTo(before.squeezedBlocks());
            assertThat(reopened.stats().liveBytes()).isEqualTo(before.liveBytes());
            assertThat(TestStores.read(reopened, 0, SIZE)).isEqualTo(text);
        }
    }

    @Test
    void aDamagedGroupIsAnErrorForItsBlocksOnly() throws IOException {
        byte[] text = TestStores.text(SIZE);
        squeezed(text, SETTINGS).close();
        try (RandomAccessFile arena =
                new RandomAccessFile(stores.directory().resolve("t.arena").toFile(), "rw")) {
            long somewhere = addressOfFirstBlock() + 100;
            arena.seek(somewhere);
            int before = arena.read();
            arena.seek(somewhere);
            arena.write(before ^ 0x10);
        }
        try (BlockStore store = stores.open(SETTINGS)) {
            int damaged = 0;
            for (int block = 0; block < BLOCKS; block++) {
                try {
                    assertThat(TestStores.read(store, (long) block * BLOCK, BLOCK))
                            .isEqualTo(part(text, block, 1));
                } catch (StoreException e) {
                    assertThat(e.reason()).isEqualTo(StoreException.Reason.DAMAGED);
                    damaged++;
                }
            }
            assertThat(damaged).isEqualTo(16);
        }
    }

    @Test
    void aFullDiskIsSqueezedBeforeItRefuses() throws IOException {
        int limit = 16 << 20;
        int size = 256 << 20;
        StoreSettings limited = new StoreSettings(StoreCodec.LZ4, limit, LEVEL);
        long plain = writeUntilFull(new StoreSettings(StoreCodec.LZ4, limit), size);
        long squeezed = writeUntilFull(limited, size);
        assertThat(squeezed).isGreaterThan(plain * 11 / 10);
    }

    @Test
    void squeezingNowReportsAndStops() throws IOException {
        try (BlockStore store = filled(TestStores.text(SIZE), SETTINGS)) {
            double[] seen = new double[1];
            store.squeeze(LEVEL, share -> {
                seen[0] = share;
                return false;
            });
            assertThat(seen[0]).isBetween(0.1, 0.9);
            assertThat(store.stats().squeezedBlocks()).isBetween(1L, BLOCKS - 1L);
            assertThat(store.squeeze(LEVEL, share -> true)).isPositive();
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS);
        }
    }

    @Test
    void aStoreOfOtherSharesIsRefused() throws IOException {
        squeezed(TestStores.text(SIZE), SETTINGS).close();
        // The second entry of the index at another position in the group than its own, the same as the first.
        try (RandomAccessFile index =
                new RandomAccessFile(stores.directory().resolve("t.index").toFile(), "rw")) {
            byte[] first = new byte[8];
            index.seek(64 << 10);
            index.readFully(first);
            index.write(first);
        }
        assertThatThrownBy(() -> stores.open(SETTINGS))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.DAMAGED));
    }

    private long writeUntilFull(StoreSettings settings, int size) throws IOException {
        BlockStore store = stores.create(new StoreGeometry(size, BLOCK), settings);
        byte[] text = TestStores.text(64 << 10);
        long written = 0;
        try {
            while (written < size) {
                TestStores.write(store, written, text, 0, text.length);
                written += text.length;
            }
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL);
        }
        for (long offset = 0; offset < written; offset += text.length) {
            assertThat(TestStores.read(store, offset, text.length)).isEqualTo(text);
        }
        store.destroy();
        return written;
    }

    private BlockStore filled(byte[] content, StoreSettings settings) throws IOException {
        BlockStore store = stores.create(new StoreGeometry(SIZE, BLOCK), settings);
        TestStores.write(store, 0, content, 0, content.length);
        return store;
    }

    private BlockStore squeezed(byte[] content, StoreSettings settings) throws IOException {
        BlockStore store = filled(content, settings);
        // Compaction may move a block meanwhile; the next walk takes its window.
        for (int walks = 0; walks < 5 && store.stats().squeezedBlocks() < BLOCKS; walks++) {
            walk(store);
        }
        assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS);
        return store;
    }

    /** One walk of the squeezer over the whole disk. */
    private void walk(BlockStore store) throws StoreException {
        now += TimeUnit.SECONDS.toNanos(20);
        while (store.squeezeStep(now)) {
            // The next leaf.
        }
    }

    /** Puts noise in every other 64 bytes. */
    private static byte[] halfNoise(byte[] text) {
        Random random = new Random(2);
        byte[] noise = new byte[64];
        for (int at = 0; at + 128 <= text.length; at += 128) {
            random.nextBytes(noise);
            System.arraycopy(noise, 0, text, at, noise.length);
        }
        return text;
    }

    private static byte[] part(byte[] bytes, int firstBlock, int blocks) {
        return Arrays.copyOfRange(bytes, firstBlock * BLOCK, (firstBlock + blocks) * BLOCK);
    }

    private long addressOfFirstBlock() throws IOException {
        try (RandomAccessFile index =
                new RandomAccessFile(stores.directory().resolve("t.index").toFile(), "r")) {
            index.seek(64 << 10);
            return IndexEntry.address(Long.reverseBytes(index.readLong())) * Arena.GRANULE_BYTES;
        }
    }
}
