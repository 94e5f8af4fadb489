// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.arena.Purpose;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes single blocks and runs of blocks: copy on write, published by one store to the index.
 *
 * <p>Lock order: stripe of the leaf, then the arena's own. No method holds two stripes. Compression and decompression of
 * whole blocks run without a lock, on private copies; only merging into a block holds its stripe throughout.
 *
 * <p>A method that returns false found no room; the block is then as it was.
 */
final class Blocks {
    private static final int STRIPES = 256;

    private final BlockIndex index;
    private final Arena arena;
    private final GroupWindow window;
    private final int blockBytes;
    private final Stripe[] stripes = new Stripe[STRIPES];
    /** Where the disk ends. Read under any stripe, written under all, so that no write lands behind a new end. */
    private long sizeBytes = Long.MAX_VALUE;

    private volatile StoreCodec codec;

    Blocks(BlockIndex index, Arena arena, int blockBytes, StoreCodec codec) {
        this.index = index;
        this.arena = arena;
        this.window = new GroupWindow(index, blockBytes);
        this.blockBytes = blockBytes;
        this.codec = codec;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(blockBytes);
        }
    }

    void setCodec(StoreCodec newCodec) {
        codec = newCodec;
    }

    /** Moves the end of the disk. The caller holds all stripes, or nobody else has the blocks yet. */
    void setSizeBytes(long bytes) {
        sizeBytes = bytes;
    }

    /** @throws StoreException {@link Reason#BEYOND_END}; the caller holds a stripe */
    private void requireWithin(long block, int endInBlock) throws StoreException {
        if (block * blockBytes > sizeBytes - endInBlock) {
            throw new StoreException(Reason.BEYOND_END, "block " + block + " is beyond the end of the disk");
        }
    }

    BlockIndex index() {
        return index;
    }

    /** The stripe of a leaf. */
    Stripe stripeOf(long leaf) {
        return stripes[(int) leaf & (STRIPES - 1)];
    }

    Stripe.Sum sum() {
        Stripe.Sum sum = new Stripe.Sum();
        for (Stripe stripe : stripes) {
            stripe.addTo(sum);
        }
        return sum;
    }

    /** Runs something while nobody reads or writes. */
    void exclusively(ExclusiveAction action) throws IOException {
        for (Stripe stripe : stripes) {
            stripe.lock();
        }
        try {
            action.run(stripes);
        } finally {
            for (Stripe stripe : stripes) {
                stripe.unlock();
            }
        }
    }

    /** What {@link #exclusively} runs. */
    interface ExclusiveAction {
        void run(Stripe[] stripes) throws IOException;
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
        Stripe stripe = stripeOf(BlockIndex.leafOf(block));
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
                copySlotOut(entry, scratch);
            }
        } finally {
            stripe.unlock();
        }
        if (!IndexEntry.hasSlot(entry)) {
            Patterns.fill(target, targetIndex, length, IndexEntry.pattern(entry), from);
        } else if (IndexEntry.isGroup(entry)) {
            if (!decoded) {
                int bytes = reading == Reading.ALONE ? endInGroup(entry) : IndexEntry.count(entry) * blockBytes;
                restoreGroup(scratch, block, entry, changes, bytes);
            }
            target.put(targetIndex, scratch.group(), IndexEntry.position(entry) * blockBytes + from, length);
            if (comesBack) {
                bringBack(stripe, scratch, block, entry, changes);
            }
        } else if (length == blockBytes) {
            restore(scratch, block, entry, target, targetIndex);
        } else {
            restore(scratch, block, entry, scratch.plain(), 0);
            target.put(targetIndex, scratch.plain(), from, length);
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
        if (!arena.hasRoomToSpare()) {
            return;
        }
        long draft = scratch.encode(codec, block, scratch.group(), IndexEntry.position(entry) * blockBytes);
        stripe.lockOpen();
        try {
            if (stripe.changes() == changes) {
                publish(stripe, scratch, block, index.get(block), draft, Purpose.FRESH);
            }
        } finally {
            stripe.unlock();
        }
    }

    /** Writes a whole block; what was there before is not even looked at. */
    boolean write(Scratch scratch, long block, ByteBuffer source, int sourceIndex) throws StoreException {
        long entry = scratch.encode(codec, block, source, sourceIndex);
        Stripe stripe = stripeOf(BlockIndex.leafOf(block));
        stripe.lockOpen();
        try {
            requireWithin(block, blockBytes);
            long before = index.get(block);
            return publish(stripe, scratch, block, before, entry, purposeOver(before));
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
        Stripe stripe = stripeOf(BlockIndex.leafOf(block));
        stripe.lockOpen();
        try {
            requireWithin(block, from + length);
            long before = index.get(block);
            if (source == null && (before == IndexEntry.HOLE || before == IndexEntry.ZERO)) {
                return true;
            }
            ByteBuffer plain = scratch.plain();
            if (IndexEntry.isGroup(before)) {
                if (!holdsAll(scratch, block, before, stripe.changes())) {
                    copySlotOut(before, scratch);
                    restoreGroup(scratch, block, before, stripe.changes());
                }
                plain.put(0, scratch.group(), IndexEntry.position(before) * blockBytes, blockBytes);
            } else if (IndexEntry.hasSlot(before)) {
                copySlotOut(before, scratch);
                restore(scratch, block, before, plain, 0);
            } else {
                Patterns.fill(plain, 0, blockBytes, IndexEntry.pattern(before), 0);
            }
            if (source == null) {
                Patterns.zero(plain, from, length);
            } else {
                plain.put(from, source, sourceIndex, length);
            }
            return publish(stripe, scratch, block, before, scratch.encode(codec, block, plain, 0), purposeOver(before));
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
        Stripe stripe = stripeOf(leaf);
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
                dropLeaf(stripe, scratch, leaf, first, end);
                return true;
            }
            for (long block = first; block < end; block++) {
                replace(stripe, block, index.get(block), entry);
            }
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /** Gives the leaf back if all its blocks are holes. */
    void dropLeafIfEmpty(long leaf) throws IOException {
        Stripe stripe = stripeOf(leaf);
        stripe.lockOpen();
        try {
            long first = leaf << BlockIndex.LEAF_SHIFT;
            for (long block = first; block < first + BlockIndex.LEAF_BLOCKS; block++) {
                if (index.get(block) != IndexEntry.HOLE) {
                    return;
                }
            }
            if (index.hasLeaf(leaf)) {
                index.dropLeaf(leaf);
            }
        } finally {
            stripe.unlock();
        }
    }

    private void dropLeaf(Stripe stripe, Scratch scratch, long leaf, long first, long end) throws IOException {
        long[] entries = scratch.leafEntries();
        int count = (int) (end - first);
        index.readLeaf(leaf, entries);
        index.dropLeaf(leaf);
        VarHandle.fullFence();
        for (int i = 0; i < count; i++) {
            stripe.count(entries[i], IndexEntry.HOLE);
            if (window.isFirstToName(entries, i)) {
                freeSlot(entries[i]);
            }
        }
    }

    /**
     * Moves the slot of a block elsewhere if it lies where {@code leave} says, and does nothing otherwise. The caller holds
     * the block's stripe.
     *
     * @return false when it lies there still, because there is no room
     */
    boolean move(Stripe stripe, Scratch scratch, long block, Evacuation leave) {
        long before = index.get(block);
        if (!IndexEntry.hasSlot(before) || !leave.concerns(IndexEntry.address(before))) {
            return true;
        }
        long address = arena.allocate(SlotLayout.granules(before), Purpose.MOVE);
        if (address == Arena.NO_ROOM) {
            return false;
        }
        copySlotOut(before, scratch);
        copySlotIn(address, before, scratch);
        if (IndexEntry.isGroup(before)) {
            moveMembers(stripe, block, IndexEntry.address(before), address);
        } else {
            replace(stripe, block, before, IndexEntry.at(before, address));
        }
        return true;
    }

    /** The last one to leave frees the old slot; killed in between, both slots are whole. */
    private void moveMembers(Stripe stripe, long block, long from, long to) {
        long first = window.firstOf(block);
        for (long member = first; member < first + window.size(); member++) {
            long entry = index.get(member);
            if (GroupWindow.isMember(entry, from)) {
                replace(stripe, member, entry, IndexEntry.at(entry, to));
            }
        }
    }

    /**
     * Copies a block with a slot as the user sees it.
     *
     * @param changes of its stripe, read earlier
     * @return false when something in the stripe has changed since; nothing is copied then
     */
    boolean copyUnchanged(Scratch scratch, long block, long changes, ByteBuffer target, int targetIndex)
            throws StoreException {
        Stripe stripe = stripeOf(BlockIndex.leafOf(block));
        long entry;
        boolean decoded;
        stripe.lockOpen();
        try {
            if (stripe.changes() != changes) {
                return false;
            }
            entry = index.get(block);
            decoded = IndexEntry.isGroup(entry) && holdsAll(scratch, block, entry, changes);
            if (!decoded) {
                copySlotOut(entry, scratch);
            }
        } finally {
            stripe.unlock();
        }
        if (!IndexEntry.isGroup(entry)) {
            restore(scratch, block, entry, target, targetIndex);
            return true;
        }
        if (!decoded) {
            restoreGroup(scratch, block, entry, changes);
        }
        target.put(targetIndex, scratch.group(), IndexEntry.position(entry) * blockBytes, blockBytes);
        return true;
    }

    /**
     * Puts the group that {@link Scratch#encodeGroup} has made in the place of its members.
     *
     * @param members which blocks of the window, bit 0 the first
     * @param lengthBytes stored bytes of the group
     * @param changes of the stripe when the members were looked at
     * @return false when something has changed since, or there is no room; the blocks are then as they were
     */
    boolean publishGroup(Scratch scratch, long firstBlock, int members, int lengthBytes, long changes)
            throws StoreException {
        int count = Integer.bitCount(members);
        Stripe stripe = stripeOf(BlockIndex.leafOf(firstBlock));
        stripe.lockOpen();
        try {
            if (stripe.changes() != changes) {
                return false;
            }
            long address = arena.allocate(SlotLayout.granulesFor(lengthBytes), Purpose.MOVE);
            if (address == Arena.NO_ROOM) {
                return false;
            }
            arena.copyIn(address, scratch.slot(), SlotLayout.SCRATCH_SLOT, SlotLayout.HEADER_BYTES + lengthBytes);
            int position = 0;
            for (int rest = members; rest != 0; rest &= rest - 1) {
                long block = firstBlock + Integer.numberOfTrailingZeros(rest);
                long entry = count > 1
                        ? IndexEntry.group(address, lengthBytes, position, count)
                        : IndexEntry.withMaker(
                                IndexEntry.withAge(
                                        IndexEntry.slot(IndexEntry.KIND_ZSTD, address, lengthBytes),
                                        IndexEntry.AGE_SETTLED),
                                IndexEntry.MADE_BY_SQUEEZER);
                replace(stripe, block, index.get(block), entry);
                position++;
            }
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /** How many of these blocks are to be brought into the present codec. */
    long blocksInOtherCodec(Stripe.Sum sum) {
        return sum.blocksOfOtherMaker(codec.maker());
    }

    /**
     * Brings a block with a slot of its own into the present codec, if it is in another. A block stays as it is when something
     * has changed meanwhile, when it would grow and there is no room to spare, or when there is no room at all.
     *
     * @return whether it was brought into it
     */
    boolean recode(Scratch scratch, long block) throws StoreException {
        StoreCodec target = codec;
        Stripe stripe = stripeOf(BlockIndex.leafOf(block));
        long before;
        long changes;
        stripe.lockOpen();
        try {
            before = index.get(block);
            if (!IndexEntry.isOfOtherMaker(before, target.maker())) {
                return false;
            }
            changes = stripe.changes();
            copySlotOut(before, scratch);
        } finally {
            stripe.unlock();
        }
        restore(scratch, block, before, scratch.plain(), 0);
        long draft = scratch.encode(target, block, scratch.plain(), 0);
        stripe.lockOpen();
        try {
            return stripe.changes() == changes && publishRecoded(stripe, scratch, block, draft);
        } finally {
            stripe.unlock();
        }
    }

    private boolean publishRecoded(Stripe stripe, Scratch scratch, long block, long draft) {
        long before = index.get(block);
        if (IndexEntry.kind(before) == IndexEntry.KIND_RAW && IndexEntry.kind(draft) == IndexEntry.KIND_RAW) {
            long after = IndexEntry.withMaker(before, IndexEntry.maker(draft));
            index.put(block, after);
            stripe.count(before, after);
            return true;
        }
        boolean grows = SlotLayout.granules(draft) > SlotLayout.granules(before);
        if (grows && !arena.hasRoomToSpare()) {
            return false;
        }
        // Squeezing may be worth it now, where it was not before.
        int age = Math.min(IndexEntry.age(before), IndexEntry.AGE_COLD);
        Purpose purpose = grows ? Purpose.FRESH : Purpose.MOVE;
        return publish(stripe, scratch, block, before, IndexEntry.withAge(draft, age), purpose);
    }

    /** Marks blocks with slots of their own as not worth squeezing, until they change; not when they have already. */
    void settle(long firstBlock, int members, long changes) throws StoreException {
        Stripe stripe = stripeOf(BlockIndex.leafOf(firstBlock));
        stripe.lockOpen();
        try {
            if (stripe.changes() != changes) {
                return;
            }
            for (int rest = members; rest != 0; rest &= rest - 1) {
                long block = firstBlock + Integer.numberOfTrailingZeros(rest);
                long entry = index.get(block);
                if (!IndexEntry.isGroup(entry)) {
                    index.put(block, IndexEntry.withAge(entry, IndexEntry.AGE_SETTLED));
                }
            }
        } finally {
            stripe.unlock();
        }
    }

    /** Which slots are to be moved. */
    interface Evacuation {
        boolean concerns(long address);
    }

    private static Purpose purposeOver(long before) {
        return IndexEntry.hasSlot(before) ? Purpose.REPLACE : Purpose.FRESH;
    }

    private boolean publish(Stripe stripe, Scratch scratch, long block, long before, long draft, Purpose purpose) {
        if (!index.ensureLeaf(block, purpose)) {
            return false;
        }
        long entry = draft;
        if (IndexEntry.hasSlot(draft)) {
            long address = arena.allocate(SlotLayout.granules(draft), purpose);
            if (address == Arena.NO_ROOM) {
                return false;
            }
            copySlotIn(address, draft, scratch);
            entry = IndexEntry.at(draft, address);
        }
        replace(stripe, block, before, entry);
        return true;
    }

    /** The one place where a block changes: the new entry is there before the old slot can be used again. */
    private void replace(Stripe stripe, long block, long before, long after) {
        index.put(block, after);
        VarHandle.fullFence();
        stripe.count(before, after);
        if (!IndexEntry.isGroup(before) || !window.holdsMember(block, IndexEntry.address(before))) {
            freeSlot(before);
        }
    }

    private void freeSlot(long entry) {
        if (IndexEntry.hasSlot(entry)) {
            arena.free(IndexEntry.address(entry), SlotLayout.granules(entry));
        }
    }

    private void copySlotOut(long entry, Scratch scratch) {
        int length = SlotLayout.HEADER_BYTES + IndexEntry.lengthBytes(entry);
        arena.copyOut(IndexEntry.address(entry), scratch.slot(), SlotLayout.SCRATCH_SLOT, length);
    }

    private void copySlotIn(long address, long entry, Scratch scratch) {
        int length = SlotLayout.HEADER_BYTES + IndexEntry.lengthBytes(entry);
        arena.copyIn(address, scratch.slot(), SlotLayout.SCRATCH_SLOT, length);
    }

    /** Where a block ends in its group, in bytes. */
    private int endInGroup(long entry) {
        return (IndexEntry.position(entry) + 1) * blockBytes;
    }

    private boolean holdsAll(Scratch scratch, long block, long entry, long changes) {
        return scratch.holdsGroup(window.firstOf(block), entry, changes)
                && scratch.heldBytes() == IndexEntry.count(entry) * blockBytes;
    }

    private void restoreGroup(Scratch scratch, long block, long entry, long changes) throws StoreException {
        restoreGroup(scratch, block, entry, changes, IndexEntry.count(entry) * blockBytes);
    }

    /** @param bytes of the group that are wanted at least */
    private void restoreGroup(Scratch scratch, long block, long entry, long changes, int bytes) throws StoreException {
        if (!scratch.decodeGroup(window.firstOf(block), entry, changes, bytes)) {
            throw damaged(block);
        }
    }

    private void restore(Scratch scratch, long block, long entry, ByteBuffer target, int targetIndex)
            throws StoreException {
        if (!scratch.isIntact(block, entry) || !scratch.decode(entry, target, targetIndex)) {
            throw damaged(block);
        }
    }

    private static StoreException damaged(long block) {
        return new StoreException(Reason.DAMAGED, "block " + block + " is not what was written");
    }
}
