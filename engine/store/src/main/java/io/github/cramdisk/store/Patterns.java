// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds and writes blocks of one repeated 32-bit pattern. Patterns are little-endian, the byte at offset 0 lowest. */
final class Patterns {
    /** What {@link #find} answers when a block has no pattern; no pattern has this value. */
    static final long NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int UNROLL = 4 * Long.BYTES;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    /** A piece of zeroes to copy from; bulk copies are faster than any loop. */
    private static final ByteBuffer ZEROES = ByteBuffer.allocateDirect(16 << 10).asReadOnlyBuffer();

    private Patterns() {}

    /**
     * Looks for a pattern.
     *
     * @param length a multiple of 32
     * @return the pattern as an unsigned number, or {@link #NONE}
     */
    static long find(ByteBuffer source, int index, int length) {
        long first = longAt(source, index);
        if (first >>> 32 != (first & LOW_HALF)) {
            return NONE;
        }
        for (int i = index; i < index + length; i += UNROLL) {
            long differences = (longAt(source, i) ^ first)
                    | (longAt(source, i + 8) ^ first)
                    | (longAt(source, i + 16) ^ first)
                    | (longAt(source, i + 24) ^ first);
            if (differences != 0) {
                return NONE;
            }
        }
        return first & LOW_HALF;
    }

    /**
     * Writes a pattern.
     *
     * @param phase offset into the pattern of the first byte written; any number
     */
    static void fill(ByteBuffer target, int index, int length, int pattern, int phase) {
        if (pattern == 0) {
            zero(target, index, length);
            return;
        }
        int rotated = Integer.rotateRight(pattern, (phase & 3) * Byte.SIZE);
        long pair = ((long) rotated << 32) | (rotated & LOW_HALF);
        int whole = length & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            LONGS.set(target, index + i, pair);
        }
        for (int i = whole; i < length; i++) {
            target.put(index + i, (byte) (pair >>> ((i - whole) * Byte.SIZE)));
        }
    }

    /** Writes zeroes. */
    static void zero(ByteBuffer target, int index, int length) {
        int done = 0;
        while (done < length) {
            int step = Math.min(length - done, ZEROES.capacity());
            target.put(index + done, ZEROES, 0, step);
            done += step;
        }
    }

    private static long longAt(ByteBuffer source, int index) {
        return (long) LONGS.get(source, index);
    }
}
