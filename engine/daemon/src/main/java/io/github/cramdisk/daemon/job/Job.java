// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.job;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.StepKind;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of long work: its thread tells how far it is, others look, and may ask it to end. Thread-safe. */
public final class Job {
    private final long id;
    private final JobKind kind;
    private final String subject;
    private final Jobs.Cancelling cancelling;
    private final long startedMillis;

    private JobState state = JobState.RUNNING;
    private StepKind stepKind = StepKind.OTHER;
    private List<String> stepArguments = List.of("");
    private @Nullable Double progress;
    private @Nullable String problem;
    private long endedMillis;

    Job(long id, JobKind kind, String subject, Jobs.Cancelling cancelling, long startedMillis) {
        this.id = id;
        this.kind = kind;
        this.subject = subject;
        this.cancelling = cancelling;
        this.startedMillis = startedMillis;
    }

    long id() {
        return id;
    }

    /**
     * The next step begins; how far the whole is cannot be told.
     *
     * @param arguments of its clause
     * @throws CramdiskException {@link ErrorKind#CANCELLED} when the job was asked to end
     */
    public void step(StepKind kindOfStep, String... arguments) {
        begin(null, kindOfStep, arguments);
    }

    /** As the other, with the part of the whole that is done, 0 to 1. */
    public void step(double done, StepKind kindOfStep, String... arguments) {
        begin(done, kindOfStep, arguments);
    }

    private synchronized void begin(@Nullable Double done, StepKind kindOfStep, String... arguments) {
        if (state == JobState.CANCELLING) {
            String last = clause();
            throw new CramdiskException(
                    ErrorKind.CANCELLED, last.isEmpty() ? kindOfStep.clause((Object[]) arguments) : last);
        }
        stepKind = kindOfStep;
        stepArguments = List.of(arguments);
        progress = done;
    }

    private String clause() {
        return stepKind.clause(stepArguments.toArray());
    }

    synchronized void cancel() {
        if (!state.isActive()) {
            return;
        }
        if (cancelling == Jobs.Cancelling.IGNORED) {
            throw new CramdiskException(ErrorKind.CANNOT_CANCEL, id, kind.text() + " " + subject);
        }
        state = JobState.CANCELLING;
    }

    /** @param error that ended it; null: it is done */
    synchronized void end(@Nullable CramdiskException error, long nowMillis) {
        endedMillis = nowMillis;
        if (error == null) {
            state = JobState.DONE;
            progress = 1.0;
        } else {
            state = error.kind() == ErrorKind.CANCELLED ? JobState.CANCELLED : JobState.FAILED;
            problem = error.getMessage();
        }
    }

    synchronized boolean hasEnded() {
        return !state.isActive();
    }

    synchronized boolean endedBefore(long millis) {
        return hasEnded() && endedMillis < millis;
    }

    synchronized JobInfo info() {
        return new JobInfo(
                id,
                kind,
                subject,
                state,
                clause(),
                progress,
                problem,
                startedMillis,
                cancelling == Jobs.Cancelling.HEEDED && state == JobState.RUNNING,
                stepKind,
                stepArguments);
    }
}
