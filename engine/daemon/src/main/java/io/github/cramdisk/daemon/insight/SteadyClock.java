// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.insight;

import java.util.function.LongSupplier;

/**
 * The wall clock, but never backwards: when somebody sets it back, this one goes on from where it was. Sleep of the machine
 * counts, other than with the clock of {@link System#nanoTime}, so that a gap in a chart is as long as it was. Thread-safe.
 */
final class SteadyClock {
    private final LongSupplier wall;
    private long latest = Long.MIN_VALUE;
    private long offset;

    SteadyClock(LongSupplier wall) {
        this.wall = wall;
    }

    synchronized long millis() {
        long now = wall.getAsLong() + offset;
        if (now < latest) {
            offset += latest - now;
            now = latest;
        }
        latest = now;
        return now;
    }

    /** What the wall clock says now of a moment of this clock. */
    synchronized long toWall(long millis) {
        return millis - offset;
    }
}
