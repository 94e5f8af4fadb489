// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * The resident bytes of one store and their cap. Arena and index take from it before they allocate and give back after
 * they release, so {@link #usedBytes()} is what the files really hold.
 *
 * <p>A part of the limit is a reserve for what does not make the disk fuller: overwriting a block needs the new slot
 * before the old one is free, and compaction needs room to move into. Without it a full disk could not even be
 * overwritten.
 */
public final class MemoryBudget {
    private static final long MIN_RESERVE_BYTES = 2L * SlotAllocator.SEGMENT_BYTES;
    private static final int RESERVE_PERCENT = 2;

    private final LongPredicate gate;
    private final AtomicLong used = new AtomicLong();
    private volatile long limitBytes;

    /**
     * @param gate whether the machine can spare a number of bytes
     * @param limitBytes most bytes to hold, {@link Long#MAX_VALUE} for no cap
     */
    public MemoryBudget(LongPredicate gate, long limitBytes) {
        this.gate = gate;
        this.limitBytes = limitBytes;
    }

    /**
     * Takes bytes if limit and machine allow.
     *
     * @return false when they do not; nothing has changed then
     */
    public boolean take(long bytes, Purpose purpose) {
        long cap = purpose == Purpose.FRESH ? limitBytes - reserveBytes(limitBytes) : limitBytes;
        long before;
        do {
            before = used.get();
            if (before > cap - bytes) {
                return false;
            }
        } while (!used.compareAndSet(before, before + bytes));
        if (!gate.test(bytes)) {
            give(bytes);
            return false;
        }
        return true;
    }

    /** Counts bytes that are there already, when a store is opened. */
    public void adopt(long bytes) {
        used.addAndGet(bytes);
    }

    public void give(long bytes) {
        used.addAndGet(-bytes);
    }

    public long usedBytes() {
        return used.get();
    }

    /** Room that movers may still take, in bytes. */
    public long roomBytes() {
        return Math.max(0, limitBytes - used.get());
    }

    /** A limit below what is used now takes nothing away; it only refuses more. */
    public void setLimitBytes(long bytes) {
        limitBytes = bytes;
    }

    private static long reserveBytes(long limit) {
        return Math.max(MIN_RESERVE_BYTES, limit / 100 * RESERVE_PERCENT);
    }
}
