// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.index;

/**
 * Layout of an index entry: one little-endian 64-bit word a block.
 *
 * <pre>
 *   63   61 60 59     56 55      54 53 52 51           36 35                                0
 *  +-------+-----+------------------+-----+---------------+-----------------------------------+
 *  | kind  |  0  |      maker       | age |  length - 1   |   slot address in 16-byte granules |   RAW, LZ4, ZSTD
 *  +-------+--+--+------+-----------+-----+---------------+-----------------------------------+
 *  | kind  |t | count-1 |    position     |  length - 1   |   slot address in 16-byte granules |   GROUP
 *  +-------+--+---------+-----------------+---------------+---+-------------------------------+
 *  | kind  |                              0                   |         32-bit pattern        |   SAME
 *  +-------+--------------------------------------------------+-------------------------------+
 *  |                                      0                                                   |   HOLE
 *  +------------------------------------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code length} counts the stored bytes, 1 to 65,536, without the slot's header; of a group, those of the whole group.
 * {@code age} says how long a block was neither read nor written ({@link #AGE_YOUNG} to {@link #AGE_SETTLED}), {@code maker}
 * (bits 54 to 58) which codec it was given to ({@link #MADE_WITH_LZ4}), also where that left it raw. A group
 * holds {@code count} blocks, this one at {@code position}; {@code t} says that it was read not long ago. Constants instead
 * of an enum: entries are decoded millions of times a second.
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
    /** Squeezed together with its neighbours, in one slot that they share. */
    public static final int KIND_GROUP = 5;

    /** Written or read since the last walk of the squeezer. */
    public static final int AGE_YOUNG = 0;
    /** Untouched for so many walks that it is worth squeezing. */
    public static final int AGE_COLD = 2;
    /** Cold, and squeezing it was found to give nothing. */
    public static final int AGE_SETTLED = 3;

    /** Makers: lz4. A level of zstd, 1 to 19, is a maker as it is. */
    public static final int MADE_WITH_LZ4 = 0;
    /** Stored as it is, because nothing else was asked for. */
    public static final int MADE_WITH_NONE = 20;
    /** Squeezed by itself, whatever codec the store has. */
    public static final int MADE_BY_SQUEEZER = 21;
    /** Number of makers. */
    public static final int MAKERS = 22;

    /** Most bytes in a group, before compression. */
    public static final int MAX_GROUP_BYTES = 64 << 10;

    /** Most blocks in a group. */
    public static final int MAX_GROUP_BLOCKS = 16;

    /** A written block of zeroes. */
    public static final long ZERO = same(0);

    private static final int KIND_SHIFT = 61;
    private static final int LENGTH_SHIFT = 36;
    private static final long LENGTH_MASK = 0xFFFF;
    private static final long ADDRESS_MASK = (1L << LENGTH_SHIFT) - 1;
    private static final long PATTERN_MASK = 0xFFFF_FFFFL;
    private static final int AGE_SHIFT = 52;
    private static final long AGE_MASK = 3L << AGE_SHIFT;
    private static final int MAKER_SHIFT = 54;
    private static final long MAKER_MASK = 0x1FL << MAKER_SHIFT;
    private static final long RESERVED_OF_SLOT = 3L << 59;
    private static final int POSITION_SHIFT = 52;
    private static final int COUNT_SHIFT = 56;
    private static final long NIBBLE = 0xF;
    private static final long TOUCHED = 1L << 60;

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

    /**
     * @param lengthBytes stored bytes of the whole group, 1 to 65,536
     * @param position of the block in the group, from 0
     * @param count blocks in the group, 1 to {@link #MAX_GROUP_BLOCKS}
     */
    public static long group(long address, int lengthBytes, int position, int count) {
        return slot(KIND_GROUP, address, lengthBytes)
                | ((long) position << POSITION_SHIFT)
                | ((long) (count - 1) << COUNT_SHIFT);
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

    public static boolean isGroup(long entry) {
        return kind(entry) == KIND_GROUP;
    }

    /** Position of a block in its group. */
    public static int position(long entry) {
        return (int) ((entry >>> POSITION_SHIFT) & NIBBLE);
    }

    /** Blocks that a group was made of; some may have left it since. */
    public static int count(long entry) {
        return (int) ((entry >>> COUNT_SHIFT) & NIBBLE) + 1;
    }

    /** The same slot elsewhere. */
    public static long at(long entry, long address) {
        return (entry & ~ADDRESS_MASK) | address;
    }

    /** Age of a block with a slot of its own. */
    public static int age(long entry) {
        return (int) ((entry & AGE_MASK) >>> AGE_SHIFT);
    }

    public static long withAge(long entry, int age) {
        return (entry & ~AGE_MASK) | ((long) age << AGE_SHIFT);
    }

    /** Which codec a block with a slot of its own was given to. */
    public static int maker(long entry) {
        return (int) ((entry & MAKER_MASK) >>> MAKER_SHIFT);
    }

    public static long withMaker(long entry, int maker) {
        return (entry & ~MAKER_MASK) | ((long) maker << MAKER_SHIFT);
    }

    /** Whether a block was compressed again by the squeezer, with neighbours or by itself. */
    public static boolean isSqueezed(long entry) {
        return isGroup(entry) || (hasSlot(entry) && maker(entry) == MADE_BY_SQUEEZER);
    }

    /** Whether a block has a slot of its own for which another codec was used than this; what was squeezed has not. */
    public static boolean isOfOtherMaker(long entry, int maker) {
        return hasSlot(entry) && !isSqueezed(entry) && maker(entry) != maker;
    }

    /** Whether a squeezed block was read not long ago. */
    public static boolean isTouched(long entry) {
        return (entry & TOUCHED) != 0;
    }

    public static long withTouched(long entry, boolean touched) {
        return touched ? entry | TOUCHED : entry & ~TOUCHED;
    }

    /** Bytes that the block takes after compression; of a squeezed one, its share of the group. */
    public static int storedBytes(long entry) {
        return isGroup(entry) ? Math.max(1, lengthBytes(entry) / count(entry)) : lengthBytes(entry);
    }

    /** Blocks of this size that may share a group: a group holds at most 64 KiB. */
    public static int maxGroupBlocks(int blockBytes) {
        return MAX_GROUP_BYTES / blockBytes;
    }

    /** Whether this word can be an entry of a store with such blocks; asked of each entry when a store is opened. */
    public static boolean isValid(long entry, int blockBytes) {
        return switch (kind(entry)) {
            case KIND_HOLE -> entry == HOLE;
            case KIND_SAME -> entry == same(pattern(entry));
            case KIND_RAW -> isValidSlot(entry) && lengthBytes(entry) == blockBytes;
            case KIND_LZ4, KIND_ZSTD -> isValidSlot(entry) && lengthBytes(entry) < blockBytes;
            case KIND_GROUP ->
                position(entry) < count(entry)
                        && count(entry) <= maxGroupBlocks(blockBytes)
                        && lengthBytes(entry) < count(entry) * blockBytes;
            default -> false;
        };
    }

    private static boolean isValidSlot(long entry) {
        return (entry & RESERVED_OF_SLOT) == 0 && maker(entry) < MAKERS;
    }
}
