// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What goes wrong with the data of one disk, for users and for the log. Damage may be met thousands of times a second, so
 * it is told at most once in {@link #QUIET}, with the number of those that were left out. Thread-safe.
 */
final class DiskEvents {
    static final Duration QUIET = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(DiskEvents.class.getName());

    private final String disk;
    private final EventSink sink;
    private final Throttle failed;

    DiskEvents(String disk, EventSink sink) {
        this(disk, sink, System::nanoTime);
    }

    DiskEvents(String disk, EventSink sink, LongSupplier nanoTime) {
        this.disk = disk;
        this.sink = sink;
        this.failed = new Throttle(nanoTime);
    }

    void failed(String request, long offsetBytes, long lengthBytes, StoreException e) {
        long left = failed.pass();
        if (left >= 0) {
            String where = request + " of " + lengthBytes + " bytes at " + offsetBytes;
            LOG.log(Level.ERROR, "disk " + disk + ": " + where + " failed (" + e.reason() + ")" + leftOut(left), e);
            if (e.reason() == StoreException.Reason.DAMAGED) {
                sink.happened(EventKind.BLOCK_CORRUPT, Severity.PROBLEM, disk, disk, where + ": " + e.getMessage());
            }
        }
    }

    /** The limit has risen by itself. */
    void grown(long limitBytes, long largestBytes) {
        sink.happened(
                EventKind.DISK_GROWN,
                Severity.INFO,
                disk,
                disk,
                new ByteSize(limitBytes).format(),
                new ByteSize(largestBytes).format());
    }

    /** The disk could not be opened at the start of the engine. */
    void unusable(String why) {
        sink.happened(EventKind.DISK_UNUSABLE, Severity.PROBLEM, disk, disk, why);
    }

    private static String leftOut(long count) {
        return count == 0 ? "" : " (" + count + " more were not told)";
    }

    /** Lets one event through, then none for a while. */
    static final class Throttle {
        private final LongSupplier nanoTime;
        private boolean passedBefore;
        private long passedNanos;
        private long leftOut;

        Throttle(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /** @return how many were left out since the last that passed; -1 when this one is left out too */
        synchronized long pass() {
            long now = nanoTime.getAsLong();
            if (passedBefore && now - passedNanos < QUIET.toNanos()) {
                leftOut++;
                return -1;
            }
            long result = leftOut;
            passedBefore = true;
            passedNanos = now;
            leftOut = 0;
            return result;
        }
    }
}
