// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.ArenaMapping;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.StampedLock;

/**
 * The addresses of a store, from 0 to an end that can be moved: erasing ranges of them, and moving the end.
 *
 * <p>The two exclude each other, because what is a whole block or leaf at the end depends on where the end is.
 */
final class Space {
    private final ArenaMapping indexFile;
    private final BlockTable table;
    private final Blocks blocks;
    private final BlockWriter writer;
    private final ScratchPool scratches;
    private final int blockShift;
    private final int blockMask;
    private volatile StoreGeometry geometry;
    /** Held for reading while a range is erased. Taken before any stripe. */
    private final StampedLock endLock = new StampedLock();

    Space(StoreFiles files, BlockTable table, Blocks blocks, BlockWriter writer, ScratchPool scratches) {
        this.indexFile = files.index();
        this.geometry = files.geometry();
        this.table = table;
        this.blocks = blocks;
        this.writer = writer;
        this.scratches = scratches;
        this.blockShift = geometry.blockShift();
        this.blockMask = geometry.blockBytes() - 1;
        blocks.setSizeBytes(geometry.sizeBytes());
    }

    /** {@link BlockStore#resize}. */
    OptionalLong resize(long sizeBytes) throws IOException {
        StoreGeometry resized = geometry.withSize(sizeBytes);
        Scratch scratch = scratches.acquire();
        long stamp = endLock.writeLock();
        try {
            // A look without stopping anybody first: it may take long where much is stored.
            OptionalLong kept = usedBeyond(sizeBytes, scratch);
            if (kept.isEmpty()) {
                AtomicReference<OptionalLong> result = new AtomicReference<>(kept);
                table.exclusively(stripes -> {
                    stripes[0].lockOpen();
                    stripes[0].unlock();
                    result.setPlain(resizeAlone(resized, scratch));
                });
                kept = result.getPlain();
            }
            return kept;
        } finally {
            endLock.unlockWrite(stamp);
            scratches.release(scratch);
        }
    }

    StoreGeometry geometry() {
        return geometry;
    }

    /** The end may move at any time, so a range beyond it is no mistake of the caller. */
    void requireRange(long offsetBytes, long lengthBytes) throws StoreException {
        Objects.checkFromIndexSize(offsetBytes, lengthBytes, Long.MAX_VALUE);
        if (offsetBytes > geometry.sizeBytes() - lengthBytes) {
            throw new StoreException(
                    Reason.BEYOND_END,
                    offsetBytes + " and " + lengthBytes + " more bytes are beyond the end of the disk");
        }
    }

    /**
     * Makes a range read as zeroes.
     *
     * @param entry {@link IndexEntry#HOLE} or {@link IndexEntry#ZERO}
     */
    void erase(long offsetBytes, long lengthBytes, long entry) throws StoreException {
        long stamp = endLock.readLock();
        try {
            requireRange(offsetBytes, lengthBytes);
            eraseRange(offsetBytes, lengthBytes, entry);
        } finally {
            endLock.unlockRead(stamp);
        }
    }

    /** Killed in between, a store that becomes smaller has lost zeroes only, and still has its old size. */
    private OptionalLong resizeAlone(StoreGeometry resized, Scratch scratch) throws IOException {
        OptionalLong kept = usedBeyond(resized.sizeBytes(), scratch);
        if (kept.isEmpty()) {
            if (resized.sizeBytes() < geometry.sizeBytes()) {
                eraseBlocks(scratch, resized.blocks(), geometry.blocks(), IndexEntry.HOLE);
            }
            StoreHeader.replace(indexFile, resized);
            blocks.setSizeBytes(resized.sizeBytes());
            geometry = resized;
        }
        return kept;
    }

    private OptionalLong usedBeyond(long sizeBytes, Scratch scratch) throws StoreException {
        StoreGeometry now = geometry;
        if (sizeBytes >= now.sizeBytes()) {
            return OptionalLong.empty();
        }
        long end = new UsedEnd(table, blocks, now, scratch).after(sizeBytes);
        return end > sizeBytes ? OptionalLong.of(end) : OptionalLong.empty();
    }

    private void eraseRange(long offsetBytes, long lengthBytes, long entry) throws StoreException {
        StoreGeometry now = geometry;
        long end = offsetBytes + lengthBytes;
        long firstWhole = (offsetBytes + blockMask) >>> blockShift;
        // The last block of the store may reach beyond its end; it is whole when the range goes up to the end.
        long endWhole = end == now.sizeBytes() ? now.blocks() : end >>> blockShift;
        Scratch scratch = scratches.acquire();
        try {
            long headEnd = Math.min(end, firstWhole << blockShift);
            if (offsetBytes < headEnd) {
                zeroPart(scratch, offsetBytes, headEnd);
            }
            eraseBlocks(scratch, firstWhole, endWhole, entry);
            long tail = Math.max(headEnd, endWhole << blockShift);
            if (tail < end) {
                zeroPart(scratch, tail, end);
            }
        } finally {
            scratches.release(scratch);
        }
    }

    private void zeroPart(Scratch scratch, long offsetBytes, long endBytes) throws StoreException {
        int from = (int) offsetBytes & blockMask;
        writer.write(scratch, offsetBytes >>> blockShift, from, (int) (endBytes - offsetBytes), null, 0);
    }

    private void eraseBlocks(Scratch scratch, long first, long end, long entry) throws StoreException {
        BlockIndex index = table.index();
        long block = first;
        while (block < end) {
            long leaf = BlockIndex.leafOf(block);
            // Asked once: a leaf that a writer makes in between must not send us back to its first block.
            long present = index.nextLeaf(leaf);
            if (entry == IndexEntry.HOLE && present > leaf) {
                block = present << BlockIndex.LEAF_SHIFT;
                continue;
            }
            long leafStart = leaf << BlockIndex.LEAF_SHIFT;
            long leafEnd = Math.min(leafStart + BlockIndex.LEAF_BLOCKS, geometry.blocks());
            long to = Math.min(end, leafEnd);
            try {
                if (!blocks.erase(scratch, block, to, entry, block == leafStart && to == leafEnd)) {
                    throw writer.full();
                }
            } catch (IOException e) {
                throw StoreException.of(e);
            }
            block = to;
        }
    }
}
