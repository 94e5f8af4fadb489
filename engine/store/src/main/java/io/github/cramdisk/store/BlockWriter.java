// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.MemoryBudget;
import io.github.cramdisk.store.arena.SlotAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes single blocks, and makes room on the thread of the writer where there is none. */
final class BlockWriter {
    /** How often a writer tries again after room was made; others may have been quicker to take it. */
    private static final int MAX_ATTEMPTS = 8;

    private final Blocks blocks;
    private final int blockBytes;
    private final SlotAllocator arena;
    private final MemoryBudget budget;
    private final Compactor compactor;
    private final Squeezer squeezer;

    BlockWriter(
            Blocks blocks,
            int blockBytes,
            SlotAllocator arena,
            MemoryBudget budget,
            Compactor compactor,
            Squeezer squeezer) {
        this.blocks = blocks;
        this.blockBytes = blockBytes;
        this.arena = arena;
        this.budget = budget;
        this.compactor = compactor;
        this.squeezer = squeezer;
    }

    /**
     * Writes a block or a part of it.
     *
     * @param source null for zeroes
     * @throws StoreException {@link Reason#FULL} when no room could be made
     */
    void write(Scratch scratch, long block, int from, int length, @Nullable ByteBuffer source, int sourceIndex)
            throws StoreException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            long wonBefore = compactor.wonBytes();
            if (tryWrite(scratch, block, from, length, source, sourceIndex)) {
                return;
            }
            if (!makeRoom(wonBefore)) {
                break;
            }
        }
        throw full();
    }

    /** What a writer is told for whom there is no room. */
    StoreException full() {
        return new StoreException(
                Reason.FULL, "no memory for another block: " + budget.usedBytes() + " bytes are used");
    }

    private boolean tryWrite(
            Scratch scratch, long block, int from, int length, @Nullable ByteBuffer source, int sourceIndex)
            throws StoreException {
        if (source != null && length == blockBytes) {
            return blocks.write(scratch, block, source, sourceIndex);
        }
        return blocks.merge(scratch, block, from, length, source, sourceIndex);
    }

    /**
     * Compacts, and squeezes if that was not enough, on the thread of a writer that found no room.
     *
     * @param wonBefore {@link Compactor#wonBytes} before the writer looked
     * @return whether there may be room now, be it that another thread has made it meanwhile
     */
    private boolean makeRoom(long wonBefore) throws StoreException {
        try {
            if (arena.reclaimableBytes() > 0) {
                compactor.makeRoom();
            }
            return compactor.wonBytes() != wonBefore || squeezer.makeRoom() > 0;
        } catch (IOException e) {
            throw StoreException.of(e);
        }
    }
}
