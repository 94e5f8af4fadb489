// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.Purpose;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What requests do to single blocks and to runs of blocks: read, write, erase.
 *
 * <p>No method holds two stripes. Compression and decompression of whole blocks run without a lock, on private copies; only
 * merging into a block holds its stripe throughout.
 *
 * <p>A method that returns false found no room; the block is then as it was.
 */
final class Blocks {
    private final BlockTable table;
    private final BlockIndex index;
    private final GroupWindow window;
    private final int blockBytes;
    /** Where the disk ends. Read under any stripe, written under all, so that no write lands behind a new end. */
    private long sizeBytes = Long.MAX_VALUE;

    private volatile StoreCodec codec;

    Blocks(BlockTable table, int blockBytes, StoreCodec codec) {
        this.table = table;
        this.index = table.index();
        this.window = table.window();
        this.blockBytes = blockBytes;
        this.codec = codec;
    }

    void setCodec(StoreCodec newCodec) {
        codec = newCodec;
    }

    StoreCodec codec() {
        return codec;
    }

    /** Moves the end of the disk. The caller holds all stripes, or nobody else has the blocks yet. */
    void setSizeBytes(long bytes) {
        sizeBytes = bytes;
    }

    /**
     * Reads a part of a block.
     *
     * @param reading what that says of the block
     */
    void read(Scratch scratch, long block, int from, int length, ByteBuffer target, int targetIndex, Reading reading)
            throws StoreException {
        long entry;
        long changes;
        boolean held = false;
        boolean decoded = false;
        boolean comesBack = false;
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(block));
        stripe.lockOpen();
        try {
            entry = index.get(block);
            changes = stripe.changes();
            if (IndexEntry.isGroup(entry)) {
                held = scratch.holdsGroup(window.firstOf(block), entry, changes);
                decoded = held && scratch.heldBytes() >= endInGroup(entry);
                comesBack = reading == Reading.ALONE && !held && noteLoneRead(block, entry);
            } else if (IndexEntry.hasSlot(entry) && reading != Reading.UNNOTICED) {
                keepYoung(block, entry);
            }
            if (IndexEntry.hasSlot(entry) && !decoded) {
                table.copySlotOut(entry, scratch);
            }
        } finally {
            stripe.unlock();
        }
        if (!IndexEntry.hasSlot(entry)) {
            Patterns.fill(target, targetIndex, length, IndexEntry.pattern(entry), from);
        } else if (IndexEntry.isGroup(entry)) {
            if (!decoded) {
                int bytes = reading == Reading.ALONE ? endInGroup(entry) : IndexEntry.count(entry) * blockBytes;
                table.restoreGroup(scratch, block, entry, changes, bytes);
            }
            target.put(targetIndex, scratch.group(), IndexEntry.position(entry) * blockBytes + from, length);
            if (comesBack) {
                bringBack(stripe, scratch, block, entry, changes);
            }
        } else if (length == blockBytes) {
            table.restore(scratch, block, entry, target, targetIndex);
        } else {
            table.restore(scratch, block, entry, scratch.plain(), 0);
            target.put(targetIndex, scratch.plain(), from, length);
        }
    }

    /** Writes a whole block; what was there before is not even looked at. */
    boolean write(Scratch scratch, long block, ByteBuffer source, int sourceIndex) throws StoreException {
        long entry = scratch.encode(codec, block, source, sourceIndex);
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(block));
        stripe.lockOpen();
        try {
            requireWithin(block, blockBytes);
            long before = index.get(block);
            return table.publish(stripe, scratch, block, before, entry, purposeOver(before));
        } finally {
            stripe.unlock();
        }
    }

    /**
     * Writes a part of a block and keeps the rest.
     *
     * @param source null for zeroes
     */
    boolean merge(Scratch scratch, long block, int from, int length, @Nullable ByteBuffer source, int sourceIndex)
            throws StoreException {
        Stripe stripe = table.stripeOf(BlockIndex.leafOf(block));
        stripe.lockOpen();
        try {
            requireWithin(block, from + length);
            long before = index.get(block);
            if (source == null && (before == IndexEntry.HOLE || before == IndexEntry.ZERO)) {
                return true;
            }
            ByteBuffer plain = scratch.plain();
            if (IndexEntry.isGroup(before)) {
                if (!table.holdsAll(scratch, block, before, stripe.changes())) {
                    table.copySlotOut(before, scratch);
                    table.restoreGroup(scratch, block, before, stripe.changes());
                }
                plain.put(0, scratch.group(), IndexEntry.position(before) * blockBytes, blockBytes);
            } else if (IndexEntry.hasSlot(before)) {
                table.copySlotOut(before, scratch);
                table.restore(scratch, block, before, plain, 0);
            } else {
                Patterns.fill(plain, 0, blockBytes, IndexEntry.pattern(before), 0);
            }
            if (source == null) {
                Patterns.zero(plain, from, length);
            } else {
                plain.put(from, source, sourceIndex, length);
            }
            return table.publish(
                    stripe, scratch, block, before, scratch.encode(codec, block, plain, 0), purposeOver(before));
        } finally {
            stripe.unlock();
        }
    }

    /**
     * Makes blocks of one leaf read as zeroes.
     *
     * @param first first block
     * @param end block after the last one, in the same leaf or the first of the next
     * @param entry {@link IndexEntry#HOLE} or {@link IndexEntry#ZERO}
     * @param wholeLeaf whether these are all blocks of the leaf
     */
    boolean erase(Scratch scratch, long first, long end, long entry, boolean wholeLeaf) throws IOException {
        long leaf = BlockIndex.leafOf(first);
        Stripe stripe = table.stripeOf(leaf);
        stripe.lockOpen();
        try {
            if (entry != IndexEntry.HOLE) {
                requireWithin(end - 1, 1);
            }
            if (!index.hasLeaf(leaf)) {
                if (entry == IndexEntry.HOLE) {
                    return true;
                }
                if (!index.ensureLeaf(first, Purpose.FRESH)) {
                    return false;
                }
            }
            if (wholeLeaf && entry == IndexEntry.HOLE) {
                table.dropLeaf(stripe, scratch, leaf, first, end);
                return true;
            }
            for (long block = first; block < end; block++) {
                table.replace(stripe, block, index.get(block), entry);
            }
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /** @throws StoreException {@link Reason#BEYOND_END}; the caller holds a stripe */
    private void requireWithin(long block, int endInBlock) throws StoreException {
        if (block * blockBytes > sizeBytes - endInBlock) {
            throw new StoreException(Reason.BEYOND_END, "block " + block + " is beyond the end of the disk");
        }
    }

    /** A block that is read does not get colder. */
    private void keepYoung(long block, long entry) {
        int age = IndexEntry.age(entry);
        if (age != IndexEntry.AGE_YOUNG && age != IndexEntry.AGE_SETTLED) {
            index.put(block, IndexEntry.withAge(entry, IndexEntry.AGE_YOUNG));
        }
    }

    /** Whether a squeezed block was read by itself before, not long ago. */
    private boolean noteLoneRead(long block, long entry) {
        if (IndexEntry.isTouched(entry)) {
            return true;
        }
        index.put(block, IndexEntry.withTouched(entry, true));
        return false;
    }

    /** Gives a squeezed block that is hot again a slot of its own, if nothing has changed meanwhile and there is room. */
    private void bringBack(Stripe stripe, Scratch scratch, long block, long entry, long changes) throws StoreException {
        if (!table.arena().hasRoomToSpare()) {
            return;
        }
        long draft = scratch.encode(codec, block, scratch.group(), IndexEntry.position(entry) * blockBytes);
        stripe.lockOpen();
        try {
            if (stripe.changes() == changes) {
                table.publish(stripe, scratch, block, index.get(block), draft, Purpose.FRESH);
            }
        } finally {
            stripe.unlock();
        }
    }

    private static Purpose purposeOver(long before) {
        return IndexEntry.hasSlot(before) ? Purpose.REPLACE : Purpose.FRESH;
    }

    /** Where a block ends in its group, in bytes. */
    private int endInGroup(long entry) {
        return (IndexEntry.position(entry) + 1) * blockBytes;
    }
}
