// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bringing what is stored into another codec. */
final class RecoderTest {
    private static final int BLOCK = 4096;
    private static final int SIZE = 8 << 20;
    private static final int BLOCKS = SIZE / BLOCK;
    /** The last quarter of what is written. */
    private static final int RAW_BLOCKS = BLOCKS / 4;

    /** More than enough. */
    private static final int WALKS = 5;

    private final TestStores stores = new TestStores();
    private final byte[] content = content();
    private long now;

    @AfterEach
    void removeFiles() throws IOException {
        stores.close();
    }

    @Test
    void whatIsStoredFollowsTheCodec() throws IOException {
        try (BlockStore store = filled(TestStores.LZ4)) {
            long lz4 = store.stats().storedBytes();
            assertThat(store.stats().otherCodecBlocks()).isZero();

            long zstd1 = storedIn(store, StoreCodec.zstd(1));
            assertThat(zstd1).isLessThan(lz4);
            assertThat(storedIn(store, StoreCodec.zstd(9))).isLessThan(zstd1);
            assertThat(storedIn(store, StoreCodec.NONE)).isEqualTo(SIZE);
            assertThat(store.stats().rawBlocks()).isEqualTo(BLOCKS);
            assertThat(storedIn(store, StoreCodec.LZ4)).isEqualTo(lz4);
            assertThat(store.stats().rawBlocks()).isEqualTo(RAW_BLOCKS);
        }
    }

    @Test
    void itGoesOnWhereItWasAfterReopening() throws IOException {
        long left;
        try (BlockStore store = filled(TestStores.LZ4)) {
            store.setCodec(StoreCodec.zstd(3));
            assertThat(store.stats().otherCodecBlocks()).isEqualTo(BLOCKS);
            assertThat(store.squeezeStep(now)).isTrue();
            left = store.stats().otherCodecBlocks();
            assertThat(left).isBetween(1L, BLOCKS - 1L);
        }
        try (BlockStore store = stores.open(TestStores.ZSTD)) {
            assertThat(store.stats().otherCodecBlocks()).isEqualTo(left);
            assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(content);
            walkUntilLeft(store, 0);
            assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(content);
        }
    }

    @Test
    void blocksGrowOnlyWhileMemoryIsPlenty() throws IOException {
        try (BlockStore store = filled(TestStores.ZSTD)) {
            store.setRamLimitBytes(store.stats().residentBytes());
            store.setCodec(StoreCodec.LZ4);
            // What is stored raw stays as large as it is.
            walkUntilLeft(store, BLOCKS - RAW_BLOCKS);

            store.setRamLimitBytes(StoreSettings.NO_LIMIT);
            assertThat(store.squeezeStep(now + 1)).as("at once").isFalse();
            walkUntilLeft(store, 0);
            assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(content);
        }
    }

    @Test
    void walksForNothingBecomeRare() throws IOException {
        try (BlockStore store = filled(TestStores.ZSTD)) {
            store.setRamLimitBytes(store.stats().residentBytes());
            store.setCodec(StoreCodec.LZ4);
            walkUntilLeft(store, BLOCKS - RAW_BLOCKS);

            assertThat(walksWithin(store, 60)).isBetween(3, 7);

            store.setRamLimitBytes(StoreSettings.NO_LIMIT);
            walkUntilLeft(store, 0);
        }
    }

    @Test
    void squeezedBlocksStayAndWhatIsNotWorthItFollows() throws IOException {
        try (BlockStore store = filled(TestStores.LZ4)) {
            store.setCodec(StoreCodec.zstd(1));
            int times = 0;
            do {
                store.squeeze(3, share -> true);
                times++;
            } while (times < WALKS && !(isSqueezed(store) && store.stats().otherCodecBlocks() == 0));
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS - RAW_BLOCKS);
            assertThat(store.stats().otherCodecBlocks()).isZero();

            store.setCodec(StoreCodec.NONE);
            walkUntilLeft(store, 0);
            assertThat(store.stats().squeezedBlocks()).isEqualTo(BLOCKS - RAW_BLOCKS);
        }
    }

    @Test
    void aDamagedBlockKeepsItsCodecAndTheOthersFollow() throws IOException {
        filled(TestStores.LZ4).close();
        try (RandomAccessFile arena =
                new RandomAccessFile(stores.directory().resolve("t.arena").toFile(), "rw")) {
            arena.seek(100);
            int before = arena.read();
            arena.seek(100);
            arena.write(before ^ 0x10);
        }
        try (BlockStore store = stores.open(TestStores.ZSTD)) {
            walkUntilLeft(store, 1);
        }
    }

    /** So many walks begin while a step is asked for each 15 s, so many times. */
    private int walksWithin(BlockStore store, int times) throws StoreException {
        int walks = 0;
        for (int i = 0; i < times; i++) {
            now += TimeUnit.SECONDS.toNanos(15);
            boolean walking = store.squeezeStep(now);
            walks += walking ? 1 : 0;
            while (walking) {
                walking = store.squeezeStep(now);
            }
        }
        return walks;
    }

    private static boolean isSqueezed(BlockStore store) {
        return store.stats().squeezedBlocks() == BLOCKS - RAW_BLOCKS;
    }

    private long storedIn(BlockStore store, StoreCodec codec) throws IOException {
        store.setCodec(codec);
        assertThat(store.stats().otherCodecBlocks()).isEqualTo(BLOCKS);
        walkUntilLeft(store, 0);
        assertThat(TestStores.read(store, 0, SIZE)).isEqualTo(content);
        return store.stats().storedBytes();
    }

    private BlockStore filled(StoreSettings settings) throws IOException {
        BlockStore store = stores.create(new StoreGeometry(SIZE, BLOCK), settings);
        TestStores.write(store, 0, content, 0, SIZE);
        return store;
    }

    /** Walks over the whole disk until so many blocks are left. One that compaction moves meanwhile is left to the next walk. */
    private void walkUntilLeft(BlockStore store, long blocks) throws StoreException {
        int walks = 0;
        do {
            now += TimeUnit.SECONDS.toNanos(20);
            while (store.squeezeStep(now)) {
                // The next leaf.
            }
            walks++;
        } while (walks < WALKS && store.stats().otherCodecBlocks() > blocks);
        assertThat(store.stats().otherCodecBlocks()).isEqualTo(blocks);
    }

    /** Text, of which stronger codecs make less, and noise at the end. */
    private static byte[] content() {
        byte[] bytes = TestStores.text(SIZE);
        byte[] noise = new byte[RAW_BLOCKS * BLOCK];
        new Random(5).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, SIZE - noise.length, noise.length);
        return bytes;
    }
}
