// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the payload of all writes that wait for room, so that full disks cannot fill the engine. Thread-safe. */
final class ParkingReserve {
    private final long capacityBytes;
    private final AtomicLong taken = new AtomicLong();

    ParkingReserve(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    boolean take(long bytes) {
        long before;
        do {
            before = taken.get();
            if (bytes > capacityBytes - before) {
                return false;
            }
        } while (!taken.compareAndSet(before, before + bytes));
        return true;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long takenBytes() {
        return taken.get();
    }
}
