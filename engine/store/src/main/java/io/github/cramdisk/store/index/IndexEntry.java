// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.index;

/**
 * Layout of an index entry: one little-endian 64-bit word a block.
 *
 * <pre>
 *   63   61 60     52 51           36 35                                0
 *  +-------+---------+---------------+-----------------------------------+
 *  | kind  |    0    |  length - 1   |   slot address in 16-byte granules |   RAW, LZ4, ZSTD
 *  +-------+---------+---------------+---+-------------------------------+
 *  | kind  |               0             |         32-bit pattern        |   SAME
 *  +-------+-----------------------------+-------------------------------+
 *  |                              0                                      |   HOLE
 *  +---------------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code length} counts the stored bytes, 1 to 65,536, without the slot's header. Bits 52 to 60 are kept for the age
 * of a block and must be 0. Constants instead of an enum: entries are decoded millions of times a second.
 */
public final class IndexEntry {
    /** Never written, or trimmed: reads as zeroes. */
    public static final long HOLE = 0;

    public static final int KIND_HOLE = 0;
    /** One 32-bit pattern, repeated; no slot. Pattern 0 is a block of zeroes that was written. */
    public static final int KIND_SAME = 1;
    /** Stored as it is. */
    public static final int KIND_RAW = 2;

    public static final int KIND_LZ4 = 3;
    public static final int KIND_ZSTD = 4;

    /** A written block of zeroes. */
    public static final long ZERO = same(0);

    private static final int KIND_SHIFT = 61;
    private static final int LENGTH_SHIFT = 36;
    private static final long LENGTH_MASK = 0xFFFF;
    private static final long ADDRESS_MASK = (1L << LENGTH_SHIFT) - 1;
    private static final long PATTERN_MASK = 0xFFFF_FFFFL;
    private static final long RESERVED_OF_SLOT = 0x1FFL << 52;

    private IndexEntry() {}

    public static long same(int pattern) {
        return ((long) KIND_SAME << KIND_SHIFT) | (pattern & PATTERN_MASK);
    }

    /**
     * @param kind RAW, LZ4 or ZSTD
     * @param lengthBytes stored bytes, 1 to 65,536
     */
    public static long slot(int kind, long address, int lengthBytes) {
        return ((long) kind << KIND_SHIFT) | ((long) (lengthBytes - 1) << LENGTH_SHIFT) | address;
    }

    public static int kind(long entry) {
        return (int) (entry >>> KIND_SHIFT);
    }

    public static boolean hasSlot(long entry) {
        return kind(entry) >= KIND_RAW;
    }

    public static int pattern(long entry) {
        return (int) entry;
    }

    public static long address(long entry) {
        return entry & ADDRESS_MASK;
    }

    public static int lengthBytes(long entry) {
        return (int) ((entry >>> LENGTH_SHIFT) & LENGTH_MASK) + 1;
    }

    /** Whether this word can be an entry of a store with such blocks; asked of each entry when a store is opened. */
    public static boolean isValid(long entry, int blockBytes) {
        return switch (kind(entry)) {
            case KIND_HOLE -> entry == HOLE;
            case KIND_SAME -> entry == same(pattern(entry));
            case KIND_RAW -> (entry & RESERVED_OF_SLOT) == 0 && lengthBytes(entry) == blockBytes;
            case KIND_LZ4, KIND_ZSTD -> (entry & RESERVED_OF_SLOT) == 0 && lengthBytes(entry) < blockBytes;
            default -> false;
        };
    }
}
