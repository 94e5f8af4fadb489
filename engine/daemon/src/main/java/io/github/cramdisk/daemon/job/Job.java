// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.job;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import org.jspecify.annotations.Nullable;

/** One piece of long work: its thread tells how far it is, others look, and may ask it to end. Thread-safe. */
public final class Job {
    private final long id;
    private final JobKind kind;
    private final String subject;
    private final Jobs.Cancelling cancelling;
    private final long startedMillis;

    private JobState state = JobState.RUNNING;
    private String step = "";
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
     * @param what one clause, such as "making ext4"
     * @throws CramdiskException {@link ErrorKind#CANCELLED} when the job was asked to end
     */
    public void step(String what) {
        step(what, null);
    }

    /** As the other, with the part of the whole that is done, 0 to 1. */
    public synchronized void step(String what, @Nullable Double done) {
        if (state == JobState.CANCELLING) {
            throw new CramdiskException(ErrorKind.CANCELLED, step.isEmpty() ? what : step);
        }
        step = what;
        progress = done;
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
                step,
                progress,
                problem,
                startedMillis,
                cancelling == Jobs.Cancelling.HEEDED && state == JobState.RUNNING);
    }
}
