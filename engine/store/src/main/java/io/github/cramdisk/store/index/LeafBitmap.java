// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.index;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which leaves are there: a bit a leaf, in chunks that are made at their first bit, so that a disk of 16 TiB costs
 * nothing until it is used. Threads: any.
 */
final class LeafBitmap {
    private static final int CHUNK_SHIFT = 15;
    private static final int CHUNK_BITS = 1 << CHUNK_SHIFT;
    private static final int CHUNK_MASK = CHUNK_BITS - 1;

    private final long size;
    private final AtomicReferenceArray<@Nullable AtomicLongArray> chunks;

    LeafBitmap(long size) {
        this.size = size;
        this.chunks = new AtomicReferenceArray<>((int) ((size + CHUNK_MASK) >>> CHUNK_SHIFT));
    }

    boolean get(long bit) {
        AtomicLongArray chunk = chunks.getAcquire(chunkOf(bit));
        return chunk != null && (chunk.getAcquire(wordOf(bit)) & mask(bit)) != 0;
    }

    void set(long bit) {
        AtomicLongArray chunk = chunks.getAcquire(chunkOf(bit));
        if (chunk == null) {
            chunks.compareAndSet(chunkOf(bit), null, new AtomicLongArray(CHUNK_BITS >>> 6));
            chunk = java.util.Objects.requireNonNull(chunks.getAcquire(chunkOf(bit)));
        }
        long mask = mask(bit);
        chunk.accumulateAndGet(wordOf(bit), mask, (word, m) -> word | m);
    }

    void clear(long bit) {
        AtomicLongArray chunk = chunks.getAcquire(chunkOf(bit));
        if (chunk != null) {
            chunk.accumulateAndGet(wordOf(bit), ~mask(bit), (word, m) -> word & m);
        }
    }

    void clearAll() {
        for (int i = 0; i < chunks.length(); i++) {
            chunks.setRelease(i, null);
        }
    }

    /** First set bit at or after this one, or the size. */
    long next(long from) {
        long bit = from;
        while (bit < size) {
            AtomicLongArray chunk = chunks.getAcquire(chunkOf(bit));
            if (chunk == null) {
                bit = ((long) chunkOf(bit) + 1) << CHUNK_SHIFT;
                continue;
            }
            long word = chunk.getAcquire(wordOf(bit)) & (-1L << bit);
            if (word != 0) {
                return Math.min(size, (bit & ~63L) + Long.numberOfTrailingZeros(word));
            }
            bit = (bit & ~63L) + 64;
        }
        return size;
    }

    long cardinality() {
        long count = 0;
        for (int i = 0; i < chunks.length(); i++) {
            AtomicLongArray chunk = chunks.getAcquire(i);
            for (int word = 0; chunk != null && word < chunk.length(); word++) {
                count += Long.bitCount(chunk.getAcquire(word));
            }
        }
        return count;
    }

    private static int chunkOf(long bit) {
        return (int) (bit >>> CHUNK_SHIFT);
    }

    private static int wordOf(long bit) {
        return (int) (bit & CHUNK_MASK) >>> 6;
    }

    private static long mask(long bit) {
        return 1L << bit;
    }
}
