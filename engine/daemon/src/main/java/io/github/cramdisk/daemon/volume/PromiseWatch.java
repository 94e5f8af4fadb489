// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.daemon.event.EventSink;

/** Tells when the limits of all volumes begin to be more than the machine has: once, until it fits again. Not thread-safe. */
final class PromiseWatch {
    private final EventSink events;
    private boolean told;

    PromiseWatch(EventSink events) {
        this.events = events;
    }

    void look(MemoryPromises.Sum sum) {
        if (sum.exceeds() && !told) {
            events.happened(EventKind.MEMORY_OVERCOMMITTED, Severity.WARNING, null, sum.arguments());
        }
        told = sum.exceeds();
    }
}
