// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.store.MemoryGate;
import io.github.cramdisk.store.StoreSettings;
import java.util.function.LongConsumer;

/**
 * The RAM limit of a disk as it is now: what the user set, or more where it may grow. It rises by a quarter, at least
 * {@link #LEAST_STEP_BYTES}, each time a write finds no room, while the machine can spare that; it falls back when the
 * disk holds less than nine tenths of what the user set. Nothing of it is kept: an engine that opens the disk again sees
 * what it holds. Thread-safe.
 */
final class EffectiveLimit {
    static final long LEAST_STEP_BYTES = 8L << 20;

    private static final int STEP_PART = 4;
    private static final int FALL_PERCENT = 90;
    private static final int PERCENT = 100;

    private final MemoryGate gate;
    private final LongConsumer apply;
    private final DiskEvents events;
    private long baseBytes;
    private long largestBytes;
    private volatile long bytes;

    /**
     * @param gate whether the machine can spare memory
     * @param apply tells the store its limit
     * @param heldBytes what the disk holds already
     */
    EffectiveLimit(DiskSpec spec, MemoryGate gate, LongConsumer apply, DiskEvents events, long heldBytes) {
        this.gate = gate;
        this.apply = apply;
        this.events = events;
        this.bytes = heldBytes;
        change(spec);
    }

    /** The limit, {@link StoreSettings#NO_LIMIT} for none. */
    long bytes() {
        return bytes;
    }

    /** The user has changed the limit, or how far it may grow. */
    synchronized void change(DiskSpec spec) {
        ByteSize growTo = spec.whenFull().growTo();
        baseBytes = StoreMapping.limitBytes(spec.ramLimit());
        largestBytes = growTo == null ? baseBytes : growTo.bytes();
        set(Math.max(baseBytes, Math.min(bytes, largestBytes)));
    }

    /**
     * Raises the limit for a write that found no room, if it may rise.
     *
     * @param seenBytes the limit when the write was tried
     * @return whether the limit is higher than that now
     */
    synchronized boolean raise(long seenBytes) {
        if (bytes > seenBytes) {
            return true;
        }
        long step = Math.min(largestBytes - bytes, Math.max(LEAST_STEP_BYTES, bytes / STEP_PART));
        if (step <= 0 || !gate.allows(step)) {
            return false;
        }
        set(bytes + step);
        events.grown(bytes, largestBytes);
        return true;
    }

    /** Falls back when the disk holds little again. */
    synchronized void fall(long heldBytes) {
        if (bytes > baseBytes && heldBytes < baseBytes / PERCENT * FALL_PERCENT) {
            set(baseBytes);
        }
    }

    private void set(long newBytes) {
        bytes = newBytes;
        apply.accept(newBytes);
    }
}
