// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

/**
 * Counts the requests of a session that succeeded, and how long each took from its arrival until its reply was handed to
 * the socket. Requests arrive and replies leave in batches, so one reading of the clock serves all that arrived together
 * and one all that left together.
 *
 * <p>For the session thread only.
 */
final class ReplyTimes {
    private static final NbdCommand[] COMMANDS = NbdCommand.values();

    private final CommandCounters counters;
    private final int[] ready = new int[COMMANDS.length];
    private boolean anyReady;
    private long arrivedNanos = System.nanoTime();

    ReplyTimes(CommandCounters counters) {
        this.counters = counters;
    }

    /** Bytes were received; requests that are found from now on came with them. */
    void arrived() {
        arrivedNanos = System.nanoTime();
    }

    /** When the request at hand arrived. */
    long arrivedNanos() {
        return arrivedNanos;
    }

    /** The reply to a request of the latest arrival is ready. */
    void succeeded(NbdCommand command, long lengthBytes) {
        counters.succeeded(command, lengthBytes);
        ready[command.type()]++;
        anyReady = true;
    }

    /** The same for a request that may have arrived earlier. */
    void succeeded(NbdCommand command, long lengthBytes, long requestArrivedNanos) {
        if (requestArrivedNanos == arrivedNanos) {
            succeeded(command, lengthBytes);
        } else {
            counters.succeeded(command, lengthBytes);
            counters.took(command, System.nanoTime() - requestArrivedNanos, 1);
        }
    }

    /** Every reply that was ready has left. */
    void sent() {
        if (!anyReady) {
            return;
        }
        anyReady = false;
        long took = System.nanoTime() - arrivedNanos;
        for (int i = 0; i < ready.length; i++) {
            if (ready[i] > 0) {
                counters.took(COMMANDS[i], took, ready[i]);
                ready[i] = 0;
            }
        }
    }
}
