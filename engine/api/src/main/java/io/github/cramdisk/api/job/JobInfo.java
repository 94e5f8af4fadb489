// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.job;

import io.github.cramdisk.api.StepKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Work of the engine that takes longer than a moment. It is listed while it runs and for half a minute after its end.
 *
 * @param id never used twice by one engine
 * @param subject what it is about: the name of a disk, a device, a mount point
 * @param step what is being done now, one clause such as "making ext4"
 * @param progress of the whole job, 0 to 1; null where it cannot be told
 * @param problem the sentence of the error that ended it; null where none did
 * @param startedMillis wall clock, milliseconds since the epoch
 * @param stepKind what kind of step it is, for those who say it in another language
 * @param stepArguments of its clause
 * @param cancellable whether it heeds the wish to cancel it; what was done so far is then taken back
 */
public record JobInfo(
        long id,
        JobKind kind,
        String subject,
        JobState state,
        String step,
        @Nullable Double progress,
        @Nullable String problem,
        long startedMillis,
        boolean cancellable,
        StepKind stepKind,
        List<String> stepArguments) {
    /** From an engine that tells only the clause of a step: {@link StepKind#OTHER}. */
    public JobInfo {
        stepKind = stepKind == null ? StepKind.OTHER : stepKind;
        stepArguments = stepArguments == null ? List.of() : List.copyOf(stepArguments);
        if (progress != null && !(progress >= 0 && progress <= 1)) {
            throw new IllegalArgumentException("progress of a job: " + progress);
        }
    }

    /** With the clause of a step alone. */
    public JobInfo(
            long id,
            JobKind kind,
            String subject,
            JobState state,
            String step,
            @Nullable Double progress,
            @Nullable String problem,
            long startedMillis,
            boolean cancellable) {
        this(id, kind, subject, state, step, progress, problem, startedMillis, cancellable, StepKind.OTHER, List.of());
    }

    /** The clause of the step in a language. */
    public String stepIn(Locale language) {
        return stepKind == StepKind.OTHER ? step : stepKind.clauseIn(language, stepArguments.toArray());
    }
}
