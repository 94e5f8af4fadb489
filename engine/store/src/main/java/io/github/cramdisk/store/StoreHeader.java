// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.Arena;
import io.github.cramdisk.store.arena.ArenaMapping;
import io.github.cramdisk.store.arena.SlotAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header of an index file: what the store is. Two copies, written in turn, so that one is always whole; the valid one
 * with the higher sequence number counts.
 *
 * <pre>
 *  offset   0        8         12        16         24        32           36            40        44
 *           | magic  | version | crc32c  | sequence | size    | block size | granule     | segment |
 *           | u64    | u32     | u32     | u64      | u64     | u32        | u32         | u32     |
 * </pre>
 *
 * <p>Little-endian, in bytes; the CRC covers the 44 bytes with its own field as 0. Copy A lies at offset 0 of the file,
 * copy B at 4096.
 */
final class StoreHeader {
    /** Bytes of the file that the two copies take. */
    static final int BYTES = 8 << 10;

    static final int VERSION = 1;
    static final int OFFSET_VERSION = 8;

    private static final long MAGIC = 0x4B_53_49_44_4D_41_52_43L; // "CRAMDISK"
    private static final int OFFSET_CRC = 12;
    private static final int OFFSET_SEQUENCE = 16;
    private static final int OFFSET_SIZE = 24;
    private static final int OFFSET_BLOCK = 32;
    private static final int OFFSET_GRANULE = 36;
    private static final int OFFSET_SEGMENT = 40;
    private static final int LENGTH = 44;
    private static final int COPY_BYTES = 4096;

    private StoreHeader() {}

    /** Writes the first header of a new store; its range of the file must have been allocated. */
    static void create(ArenaMapping memory, StoreGeometry geometry) {
        write(memory, geometry, 0);
    }

    /** Writes a header with another shape into the copy that does not count now, so that a kill leaves the old or the new. */
    static void replace(ArenaMapping memory, StoreGeometry geometry) throws StoreException {
        write(memory, geometry, sequence(newest(memory)) + 1);
    }

    /**
     * Reads the header.
     *
     * @throws StoreException {@link Reason#DAMAGED} when neither copy is whole, or the file is of another version
     */
    static StoreGeometry read(ArenaMapping memory) throws StoreException {
        ByteBuffer newest = newest(memory);
        int version = newest.getInt(OFFSET_VERSION);
        if (version != VERSION) {
            throw new StoreException(
                    Reason.DAMAGED, "it is of format version " + version + ", this engine knows " + VERSION);
        }
        if (newest.getInt(OFFSET_GRANULE) != Arena.GRANULE_BYTES
                || newest.getInt(OFFSET_SEGMENT) != SlotAllocator.SEGMENT_BYTES) {
            throw new StoreException(Reason.DAMAGED, "its slots are laid out in another way");
        }
        try {
            return new StoreGeometry(newest.getLong(OFFSET_SIZE), newest.getInt(OFFSET_BLOCK));
        } catch (IllegalArgumentException e) {
            throw new StoreException(Reason.DAMAGED, "its header is impossible: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer newest(ArenaMapping memory) throws StoreException {
        ByteBuffer a = readCopy(memory, 0);
        ByteBuffer b = readCopy(memory, 1);
        ByteBuffer newest = a == null ? b : b == null || sequence(a) > sequence(b) ? a : b;
        if (newest == null) {
            throw new StoreException(Reason.DAMAGED, "it has no valid header");
        }
        return newest;
    }

    private static void write(ArenaMapping memory, StoreGeometry geometry, long sequence) {
        ByteBuffer header = buffer();
        header.putLong(0, MAGIC);
        header.putInt(OFFSET_VERSION, VERSION);
        header.putLong(OFFSET_SEQUENCE, sequence);
        header.putLong(OFFSET_SIZE, geometry.sizeBytes());
        header.putInt(OFFSET_BLOCK, geometry.blockBytes());
        header.putInt(OFFSET_GRANULE, Arena.GRANULE_BYTES);
        header.putInt(OFFSET_SEGMENT, SlotAllocator.SEGMENT_BYTES);
        header.putInt(OFFSET_CRC, crc(header));
        memory.copyIn((sequence & 1) * COPY_BYTES, header, 0, LENGTH);
    }

    private static @Nullable ByteBuffer readCopy(ArenaMapping memory, int copy) {
        ByteBuffer header = buffer();
        memory.copyOut((long) copy * COPY_BYTES, header, 0, LENGTH);
        int stored = header.getInt(OFFSET_CRC);
        header.putInt(OFFSET_CRC, 0);
        return header.getLong(0) == MAGIC && crc(header) == stored ? header : null;
    }

    private static long sequence(ByteBuffer header) {
        return header.getLong(OFFSET_SEQUENCE);
    }

    private static int crc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().clear());
        return (int) crc.getValue();
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }
}
