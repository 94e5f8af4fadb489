// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened by itself and that a user should know of.
 *
 * @param id grows with each event, also over a restart of the engine
 * @param timeMillis wall clock, milliseconds since the epoch
 * @param subject the volume concerned: the name of a disk, or the device or mount point of another volume; null for the
 *     engine or the machine
 * @param arguments what the sentence of the kind is filled with
 * @param sentence what happened, why, and what to do
 */
public record EngineEvent(
        long id,
        long timeMillis,
        EventKind kind,
        Severity severity,
        @Nullable String subject,
        List<String> arguments,
        String sentence) {

    public EngineEvent {
        arguments = List.copyOf(arguments);
    }

    /** How much an event matters. */
    public enum Severity {
        /** Worth knowing. */
        INFO,
        /** Will go wrong if nothing is done. */
        WARNING,
        /** Something does not work, or waits for the user. */
        PROBLEM
    }

    /** An event with the sentence of its kind. */
    public static EngineEvent of(
            long id,
            long timeMillis,
            EventKind kind,
            Severity severity,
            @Nullable String subject,
            Object... arguments) {
        List<String> texts =
                java.util.Arrays.stream(arguments).map(String::valueOf).toList();
        return new EngineEvent(id, timeMillis, kind, severity, subject, texts, kind.sentence(texts.toArray()));
    }
}
