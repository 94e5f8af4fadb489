// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The writes of all clients of one export that wait for room, oldest first.
 *
 * <p>A parked write is older than everything that comes after it, on whatever connection: what is newer takes its range
 * away from it first ({@link #supersede}), so an old copy never lands on newer data. Attempts, superseding and leaving
 * happen under one lock, so that one is either done before or sees what the other left. While nothing is parked, a
 * request reads one volatile field.
 */
final class ParkingLot {
    /** A patience without end. */
    static final long WITHOUT_END = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ParkedWrite> parked = new ArrayList<>();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean occupied;
    private volatile long patienceNanos;

    /** How long writes wait, also those that wait already; 0 for not at all. */
    void setPatienceNanos(long nanos) {
        patienceNanos = nanos;
        tellRoom();
    }

    boolean isExpired(ParkedWrite write) {
        return isExpired(write.sinceNanos);
    }

    boolean isExpired(long sinceNanos) {
        long patience = patienceNanos;
        return patience != WITHOUT_END && System.nanoTime() - sinceNanos >= patience;
    }

    /** Time until a write that waits since then has waited long enough, for a wait of bounded length. */
    long leftNanos(long sinceNanos) {
        long patience = patienceNanos;
        return patience == WITHOUT_END ? patience : patience - (System.nanoTime() - sinceNanos);
    }

    boolean isOccupied() {
        return occupied;
    }

    /** Takes a range away from everything that waits, before something newer is done there. */
    void supersede(long offset, long length) {
        if (!occupied || length == 0) {
            return;
        }
        lock.lock();
        try {
            boolean over = false;
            for (ParkedWrite write : parked) {
                write.supersede(offset, offset + length);
                over |= write.isOver();
            }
            if (over) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There may be room now: everything that waits is tried again at once. */
    void tellRoom() {
        if (!occupied) {
            return;
        }
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void countRefused() {
        refused.incrementAndGet();
    }

    long refused() {
        return refused.get();
    }

    /** What waits now, or null. */
    Export.@Nullable Waiting waiting() {
        if (!occupied) {
            return null;
        }
        lock.lock();
        try {
            if (parked.isEmpty()) {
                return null;
            }
            long bytes = 0;
            for (ParkedWrite write : parked) {
                bytes += write.lengthBytes;
            }
            return new Export.Waiting(parked.size(), bytes, parked.get(0).sinceNanos);
        } finally {
            lock.unlock();
        }
    }

    // What follows is for Parking, which holds the lock where it says so.

    ReentrantLock lock() {
        return lock;
    }

    /** With the lock. */
    void add(ParkedWrite write) {
        parked.add(write);
        occupied = true;
    }

    /** With the lock. */
    void remove(ParkedWrite write) {
        parked.remove(write);
        occupied = !parked.isEmpty();
    }

    /** With the lock: wakes everyone who waits here. */
    void signal() {
        changed.signalAll();
    }

    /** With the lock: waits until something has changed, but not longer than this. */
    @SuppressWarnings("WaitNotInLoop") // callers look again at all that may have changed, and come back
    void await(long nanos) {
        try {
            long unused = changed.awaitNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
        } catch (InterruptedException e) {
            // Nobody interrupts these threads to end them; a flag does. Kept, the interrupt would make the next wait
            // short.
        }
    }
}
