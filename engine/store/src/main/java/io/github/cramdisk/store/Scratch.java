// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.codec.BlockCodec;
import io.github.cramdisk.store.codec.Lz4Codec;
import io.github.cramdisk.store.codec.ZstdCodec;
import io.github.cramdisk.store.index.IndexEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs while it works on blocks: direct buffers, codecs and a checksum. Used by one thread at a time;
 * see {@link ScratchPool}.
 */
final class Scratch implements AutoCloseable {
    private static final long NO_GROUP = -1;
    /**
     * So much of a group can be restored without what comes behind it. A quarter of the largest group: restoring takes 5/8 of
     * the time on average, and entropy tables of their own make up for what the parts cost.
     */
    private static final int GROUP_PART_BYTES = 16 << 10;

    private final int blockBytes;
    private final ByteBuffer slot;
    private final ByteBuffer plain;
    private final long[] leafEntries;
    private final CRC32C crc = new CRC32C();
    private final BlockCodec lz4 = new Lz4Codec();
    private @Nullable ZstdCodec zstd;
    private final int slotCapacity;
    private @Nullable ByteBuffer group;
    /** Which group {@link #group} holds decoded, how many bytes of it, and the changes of its stripe then. */
    private long heldFirstBlock = NO_GROUP;

    private int heldBytes;

    private long heldEntry;
    private long heldChanges;

    /**
     * @param leafBlocks entries of an index leaf
     */
    Scratch(int blockBytes, int leafBlocks) {
        this.blockBytes = blockBytes;
        this.slotCapacity = Math.max(lz4.bound(blockBytes), ZstdCodec.maxCompressedBytes(IndexEntry.MAX_GROUP_BYTES));
        this.slot = ByteBuffer.allocateDirect(SlotLayout.SCRATCH_STORED + slotCapacity)
                .order(ByteOrder.LITTLE_ENDIAN);
        this.plain = ByteBuffer.allocateDirect(blockBytes);
        this.leafEntries = new long[leafBlocks];
    }

    /** Room for one block as the user sees it. */
    ByteBuffer plain() {
        return plain;
    }

    /** The slot being put together or taken apart; see {@link SlotLayout}. */
    ByteBuffer slot() {
        return slot;
    }

    /** Room for the entries of a leaf that is being dropped. */
    long[] leafEntries() {
        return leafEntries;
    }

    /**
     * Turns a block into what is to be stored: an entry without a slot, or the slot's bytes in {@link #slot} and an entry
     * whose address is still 0.
     */
    long encode(StoreCodec codec, long block, ByteBuffer source, int sourceIndex) {
        long pattern = Patterns.find(source, sourceIndex, blockBytes);
        if (pattern != Patterns.NONE) {
            return IndexEntry.same((int) pattern);
        }
        int kind = kindOf(codec);
        int length = kind == IndexEntry.KIND_RAW ? BlockCodec.DOES_NOT_FIT : compress(codec, source, sourceIndex);
        // Stored raw when compression does not save a granule: decoding would cost time and give nothing.
        if (length < 0 || SlotLayout.granulesFor(length) >= SlotLayout.granulesFor(blockBytes)) {
            kind = IndexEntry.KIND_RAW;
            length = blockBytes;
            slot.put(SlotLayout.SCRATCH_STORED, source, sourceIndex, blockBytes);
        }
        slot.putInt(SlotLayout.SCRATCH_SLOT, checksum(block, length));
        return IndexEntry.withMaker(IndexEntry.slot(kind, 0, length), codec.maker());
    }

    /** Whether the slot that was copied to {@link #slot} is that of this block (of a group: its first), unharmed. */
    boolean isIntact(long block, long entry) {
        int stored = slot.getInt(SlotLayout.SCRATCH_SLOT);
        return checksum(block, IndexEntry.lengthBytes(entry)) == stored;
    }

    /**
     * Restores the whole block from {@link #slot}.
     *
     * @return false when the stored bytes are not a block
     */
    boolean decode(long entry, ByteBuffer target, int targetIndex) {
        int length = IndexEntry.lengthBytes(entry);
        int kind = IndexEntry.kind(entry);
        if (kind == IndexEntry.KIND_RAW) {
            target.put(targetIndex, slot, SlotLayout.SCRATCH_STORED, length);
            return true;
        }
        BlockCodec codec = kind == IndexEntry.KIND_LZ4 ? lz4 : zstd();
        return codec.decompress(slot, SlotLayout.SCRATCH_STORED, length, target, targetIndex, blockBytes);
    }

    /**
     * Turns blocks that lie one behind the other into one group in {@link #slot}.
     *
     * @param owner whose number the checksum covers: the first block of their window; of a single block, itself
     * @param blocks how many
     * @return stored bytes
     */
    int encodeGroup(int level, long owner, int blocks, ByteBuffer source) {
        int length = zstd(level)
                .compressInParts(
                        source, blocks * blockBytes, GROUP_PART_BYTES, slot, SlotLayout.SCRATCH_STORED, slotCapacity);
        slot.putInt(SlotLayout.SCRATCH_SLOT, checksum(owner, length));
        return length;
    }

    /** The blocks of the group that was decoded last, one behind the other, {@link #heldBytes} of it. */
    ByteBuffer group() {
        ByteBuffer buffer = group;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(IndexEntry.MAX_GROUP_BYTES);
            group = buffer;
        }
        return buffer;
    }

    /** How much of the group that was decoded last there is. */
    int heldBytes() {
        return heldBytes;
    }

    /**
     * Whether {@link #group} holds this group as it is now, or the beginning of it.
     *
     * @param changes of the group's stripe, read under its lock: nothing in it has changed since, so that the slot is the same
     */
    boolean holdsGroup(long firstBlock, long entry, long changes) {
        return heldFirstBlock == firstBlock
                && heldChanges == changes
                && IndexEntry.address(heldEntry) == IndexEntry.address(entry);
    }

    /**
     * Restores blocks of a group from {@link #slot} to {@link #group}: all, where a part was asked for before and was too little.
     *
     * @param bytes of the group that are wanted at least
     * @return false when the stored bytes are not that group
     */
    boolean decodeGroup(long firstBlock, long entry, long changes, int bytes) {
        int plainBytes = IndexEntry.count(entry) * blockBytes;
        int wanted = holdsGroup(firstBlock, entry, changes) ? plainBytes : bytes;
        heldFirstBlock = NO_GROUP;
        heldBytes = isIntact(firstBlock, entry) ? decodeParts(entry, wanted, plainBytes) : 0;
        if (heldBytes < wanted) {
            return false;
        }
        heldFirstBlock = firstBlock;
        heldEntry = entry;
        heldChanges = changes;
        return true;
    }

    /** How many bytes were restored, from the beginning. */
    private int decodeParts(long entry, int wanted, int plainBytes) {
        int length = IndexEntry.lengthBytes(entry);
        if (wanted < plainBytes) {
            int parts = (wanted + GROUP_PART_BYTES - 1) / GROUP_PART_BYTES;
            int restored =
                    zstd().decompressParts(slot, SlotLayout.SCRATCH_STORED, length, parts, group(), 0, plainBytes);
            if (restored >= wanted) {
                return restored;
            }
            // A codec of a high level has made more blocks than parts.
        }
        return zstd().decompress(slot, SlotLayout.SCRATCH_STORED, length, group(), 0, plainBytes) ? plainBytes : 0;
    }

    private int compress(StoreCodec codec, ByteBuffer source, int sourceIndex) {
        BlockCodec block = codec.algorithm() == StoreCodec.Algorithm.ZSTD ? zstd(codec.level()) : lz4;
        return block.compress(source, sourceIndex, blockBytes, slot, SlotLayout.SCRATCH_STORED, slotCapacity);
    }

    /** Leaves the block number in the scratch, where the checksum was. */
    private int checksum(long block, int length) {
        slot.putLong(SlotLayout.SCRATCH_BLOCK_NUMBER, block);
        slot.limit(SlotLayout.SCRATCH_STORED + length).position(0);
        crc.reset();
        crc.update(slot);
        slot.clear();
        return (int) crc.getValue();
    }

    private ZstdCodec zstd() {
        ZstdCodec codec = zstd;
        if (codec == null) {
            codec = new ZstdCodec();
            zstd = codec;
        }
        return codec;
    }

    private ZstdCodec zstd(int level) {
        ZstdCodec codec = zstd();
        codec.setLevel(level);
        return codec;
    }

    private static int kindOf(StoreCodec codec) {
        return switch (codec.algorithm()) {
            case LZ4 -> IndexEntry.KIND_LZ4;
            case ZSTD -> IndexEntry.KIND_ZSTD;
            case NONE -> IndexEntry.KIND_RAW;
        };
    }

    @Override
    public void close() {
        lz4.close();
        if (zstd != null) {
            zstd.close();
        }
    }
}
