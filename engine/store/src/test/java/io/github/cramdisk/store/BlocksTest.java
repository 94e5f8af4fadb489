// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.store.arena.ArenaMapping;
import io.github.cramdisk.store.arena.MemoryBudget;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks over an arena that watches every slot. */
final class BlocksTest {
    private static final int BLOCK = 4096;
    private static final int COUNT = 3000;

    private final TestStores stores = new TestStores();
    private final Scratch scratch = new Scratch(BLOCK, BlockIndex.LEAF_BLOCKS);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
    private final MemoryBudget budget = new MemoryBudget(bytes -> true, StoreSettings.NO_LIMIT);
    private ArenaMapping indexFile;
    private BlockIndex index;

    @BeforeEach
    void openIndex() throws IOException {
        indexFile = ArenaMapping.open(stores.directory().resolve("index"), BlockIndex.maxFileBytes(COUNT), true, false);
        index = new BlockIndex(indexFile, budget, COUNT);
    }

    @AfterEach
    void removeFiles() throws IOException {
        scratch.close();
        indexFile.close();
        stores.close();
    }

    @Test
    void everySlotIsFreedOnceAndNoneIsLeft() throws IOException {
        TrackingArena arena = new TrackingArena(Long.MAX_VALUE);
        BlockTable table = new BlockTable(index, arena, BLOCK);
        Blocks blocks = new Blocks(table, BLOCK, StoreCodec.LZ4);
        Regrouping regrouping = new Regrouping(table, BLOCK);
        Random random = new Random(TestStores.newSeed("everySlotIsFreedOnceAndNoneIsLeft"));
        for (int i = 0; i < 20_000; i++) {
            long block = random.nextInt(COUNT);
            fillBuffer(random);
            switch (random.nextInt(6)) {
                case 0 -> blocks.merge(scratch, block, 100, 1000, buffer, 7);
                case 1 -> blocks.erase(scratch, block, block + 1, IndexEntry.HOLE, false);
                case 2 -> moveAll(table, block);
                case 3 -> regrouping.squeeze(scratch, block & -regrouping.windowSize(), 1, IndexEntry.AGE_YOUNG);
                case 4 -> blocks.read(scratch, block, 0, BLOCK, buffer, 0, Reading.ALONE);
                default -> blocks.write(scratch, block, buffer, 0);
            }
        }
        assertThat(arena.liveBytes()).isPositive();
        for (long leaf = 0; leaf < index.leaves(); leaf++) {
            long first = leaf << BlockIndex.LEAF_SHIFT;
            long end = Math.min(COUNT, first + BlockIndex.LEAF_BLOCKS);
            blocks.erase(scratch, first, end, IndexEntry.HOLE, random.nextBoolean());
            table.dropLeafIfEmpty(leaf);
        }
        assertThat(arena.liveBytes()).isZero();
        assertThat(table.sum().blocks()).isZero();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void aWriteWithoutRoomLeavesTheBlockAsItWas() throws IOException {
        TrackingArena arena = new TrackingArena(BLOCK + 16);
        BlockTable table = new BlockTable(index, arena, BLOCK);
        Blocks blocks = new Blocks(table, BLOCK, StoreCodec.NONE);
        Random random = new Random(1);
        fillBuffer(random);
        assertThat(blocks.write(scratch, 5, buffer, 0)).isTrue();
        byte first = buffer.get(0);
        buffer.put(0, (byte) (first + 1));
        assertThat(blocks.write(scratch, 5, buffer, 0)).isFalse();
        assertThat(blocks.merge(scratch, 5, 0, 10, buffer, 0)).isFalse();
        assertThat(blocks.write(scratch, 6, buffer, 0)).isFalse();
        blocks.read(scratch, 5, 0, BLOCK, buffer, 0, Reading.ALONE);
        assertThat(buffer.get(0)).isEqualTo(first);
        blocks.read(scratch, 6, 0, BLOCK, buffer, 0, Reading.ALONE);
        assertThat(buffer.get(0)).isZero();
    }

    private void moveAll(BlockTable table, long block) throws StoreException {
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(block));
        stripe.lockOpen();
        try {
            new Evacuation(table, scratch, address -> true).move(stripe, block);
        } finally {
            stripe.unlock();
        }
    }

    private void fillBuffer(Random random) {
        byte[] bytes = new byte[BLOCK];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length / 2; i++) {
            bytes[i] = 'x';
        }
        buffer.put(0, bytes);
    }
}
