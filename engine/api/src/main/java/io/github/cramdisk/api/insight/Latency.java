// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.insight;

/**
 * How long commands took in the engine: from when the request was received until its reply was handed to the socket.
 * Percentiles in nanoseconds, to a sixteenth; all 0 where nothing was asked for.
 *
 * @param operations how many were measured
 */
public record Latency(long operations, long p50Nanos, long p99Nanos, long p999Nanos) {
    public static final Latency NONE = new Latency(0, 0, 0, 0);
}
