// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of one export have asked for since it was created, command by command.
 *
 * <p>An operation is counted when its reply is ready: with its length in bytes if it succeeded (for TRIM, WRITE_ZEROES,
 * CACHE and BLOCK_STATUS the length of the range asked for), else as an error. Any thread may count and read; a reading
 * is a close snapshot, not an atomic one.
 */
public final class CommandCounters {

    /** The counters of one command. */
    public record Tally(long operations, long bytes, long errors) {}

    /** The numbers on the wire are dense, so they serve as indexes. */
    private static final int COMMANDS = NbdCommand.values().length;

    // Made at the first use: most clients use few commands.
    private final AtomicReferenceArray<@Nullable LatencyHistogram> latencies = new AtomicReferenceArray<>(COMMANDS);
    private final LongAdder[] operations = adders();
    private final LongAdder[] bytes = adders();
    private final LongAdder[] errors = adders();

    CommandCounters() {}

    /** Operations that succeeded, their bytes, and operations that were answered with an error. */
    public Tally tally(NbdCommand command) {
        int index = command.type();
        return new Tally(operations[index].sum(), bytes[index].sum(), errors[index].sum());
    }

    /** How long commands that succeeded took; null before the first. */
    public @Nullable LatencyHistogram latencies(NbdCommand command) {
        return latencies.get(command.type());
    }

    /** @param count operations that took so long each */
    void took(NbdCommand command, long nanos, int count) {
        LatencyHistogram histogram = latencies.get(command.type());
        while (histogram == null) {
            latencies.compareAndSet(command.type(), null, new LatencyHistogram());
            histogram = latencies.get(command.type());
        }
        histogram.add(nanos, count);
    }

    void succeeded(NbdCommand command, long lengthBytes) {
        int index = command.type();
        operations[index].increment();
        if (lengthBytes != 0) {
            bytes[index].add(lengthBytes);
        }
    }

    void failed(NbdCommand command) {
        errors[command.type()].increment();
    }

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[COMMANDS];
        for (int i = 0; i < COMMANDS; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
