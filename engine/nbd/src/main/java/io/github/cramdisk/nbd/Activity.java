// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.concurrent.TimeUnit;

/**
 * Whether one session's thread keeps a core busy right now, for {@link Workers} to judge if another core is idle. A
 * thread that has been sending for a while is taken to wait for its client. Written by the session thread only.
 */
final class Activity {
    private static final long STALLED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long NOT_SENDING = 0;

    private volatile boolean running;
    private volatile long sendingSinceNanos = NOT_SENDING;

    void running() {
        running = true;
    }

    void waiting() {
        running = false;
    }

    void sending() {
        sendingSinceNanos = System.nanoTime() | 1;
    }

    void sent() {
        sendingSinceNanos = NOT_SENDING;
    }

    boolean usesCore() {
        if (!running) {
            return false;
        }
        long since = sendingSinceNanos;
        return since == NOT_SENDING || System.nanoTime() - since < STALLED_AFTER_NANOS;
    }
}
