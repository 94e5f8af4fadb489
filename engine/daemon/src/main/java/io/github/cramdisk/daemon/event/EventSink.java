// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.event;

import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import org.jspecify.annotations.Nullable;

/** Where events go. Implementations are thread-safe and quick: they are called with locks held. */
@FunctionalInterface
public interface EventSink {
    /**
     * @param subject the volume concerned, null for the engine or the machine
     * @param arguments what the sentence of the kind is filled with
     */
    void happened(EventKind kind, Severity severity, @Nullable String subject, Object... arguments);
}
