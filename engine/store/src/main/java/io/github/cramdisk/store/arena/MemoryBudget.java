// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * The resident bytes of one store and their cap. Arena and index take from it before they allocate and give back after
 * they release, so {@link #usedBytes()} is what the files really hold.
 *
 * <p>The last part of the limit is a reserve for what does not make the disk fuller: overwriting a block needs the new
 * slot before the old one is free, and compaction needs a segment to move into. Without it a full disk could not even be
 * overwritten.
 */
public final class MemoryBudget {
    /** The part of the reserve that overwriting leaves to compaction, so that a pass can always begin. */
    private static final long MOVE_RESERVE_BYTES = SlotAllocator.SEGMENT_BYTES;

    private static final long MIN_RESERVE_BYTES = 2L * SlotAllocator.SEGMENT_BYTES;
    private static final int RESERVE_PERCENT = 2;

    private final LongPredicate gate;
    private final AtomicLong used = new AtomicLong();
    private volatile long limitBytes;
    private volatile Shortage shortage = Shortage.LIMIT;
    /** How far the running compaction pass may go, be it beyond a limit that was lowered meanwhile. */
    private volatile long moveCapBytes;

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
        long cap = capBytes(purpose);
        long before;
        do {
            before = used.get();
            if (before > cap - bytes) {
                shortage = Shortage.LIMIT;
                return false;
            }
        } while (!used.compareAndSet(before, before + bytes));
        if (!gate.test(bytes)) {
            give(bytes);
            shortage = Shortage.MACHINE;
            return false;
        }
        return true;
    }

    /** Gives bytes back that were taken, because the tmpfs had no room for them. */
    public void giveForWantOfTmpfs(long bytes) {
        give(bytes);
        shortage = Shortage.TMPFS;
    }

    /** How many bytes may be used before new data are refused: the limit without the reserve. */
    public long capForDataBytes() {
        return capBytes(Purpose.FRESH);
    }

    /** What there was too little of when bytes were refused last. */
    public Shortage shortage() {
        return shortage;
    }

    private long capBytes(Purpose purpose) {
        long limit = limitBytes;
        return switch (purpose) {
            case FRESH -> limit - Math.max(MIN_RESERVE_BYTES, limit / 100 * RESERVE_PERCENT);
            case REPLACE -> limit - MOVE_RESERVE_BYTES;
            case MOVE -> Math.max(limit, moveCapBytes);
        };
    }

    /** A pass begins: it may take one segment more than is used now, whatever the limit; it gives more back. */
    void beginMoves() {
        moveCapBytes = used.get() + MOVE_RESERVE_BYTES;
    }

    /** Whether less than three quarters of the limit are used. */
    boolean hasRoomToSpare() {
        return used.get() < limitBytes / 4 * 3;
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

    /** Room that movers may still take, in bytes; none when the machine spares nothing. */
    long roomForMovesBytes() {
        return gate.test(MOVE_RESERVE_BYTES) ? Math.max(0, capBytes(Purpose.MOVE) - used.get()) : 0;
    }

    /** A limit below what is used now takes nothing away; it only refuses more. */
    public void setLimitBytes(long bytes) {
        limitBytes = bytes;
    }
}
