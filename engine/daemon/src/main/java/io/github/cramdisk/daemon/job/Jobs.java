// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.job;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All jobs of the engine that run, and those that ended a short while ago. Thread-safe. */
public final class Jobs {
    /** So long is a job still listed after its end: front ends look once a second at least. */
    static final Duration SHOWN_AFTER_END = Duration.ofSeconds(30);

    /** So many ended ones are kept; a script may begin hundreds in half a minute. */
    static final int MOST_ENDED = 32;

    /** Whether the work of a job looks at the wish to cancel it. */
    public enum Cancelling {
        HEEDED,
        IGNORED
    }

    private final Clock clock;
    /** By number: the oldest first. */
    private final Map<Long, Job> jobs = new TreeMap<>();

    private long lastId;

    public Jobs() {
        this(Clock.systemUTC());
    }

    Jobs(Clock clock) {
        this.clock = clock;
    }

    /**
     * Does work on the calling thread, as a job.
     *
     * @throws CramdiskException what {@code work} throws
     */
    public <T> T run(JobKind kind, String subject, Cancelling cancelling, Function<Job, T> work) {
        Job job = begin(kind, subject, cancelling);
        @Nullable
        CramdiskException problem = new CramdiskException(ErrorKind.INTERNAL, "the work of job " + job.id() + " broke");
        try {
            T result = work.apply(job);
            problem = null;
            return result;
        } catch (CramdiskException e) {
            problem = e;
            throw e;
        } finally {
            job.end(problem, clock.millis());
        }
    }

    private synchronized Job begin(JobKind kind, String subject, Cancelling cancelling) {
        forget();
        Job job = new Job(++lastId, kind, subject, cancelling, clock.millis());
        jobs.put(job.id(), job);
        return job;
    }

    public synchronized List<JobInfo> list() {
        forget();
        return jobs.values().stream().map(Job::info).toList();
    }

    /** See {@link io.github.cramdisk.api.Engine#cancelJob}. */
    public void cancel(long id) {
        Job job;
        synchronized (this) {
            job = jobs.get(id);
        }
        if (job == null) {
            throw new CramdiskException(ErrorKind.NO_SUCH_JOB, id);
        }
        job.cancel();
    }

    private void forget() {
        long before = clock.millis() - SHOWN_AFTER_END.toMillis();
        jobs.values().removeIf(job -> job.endedBefore(before));
        List<Job> ended =
                new ArrayList<>(jobs.values().stream().filter(Job::hasEnded).toList());
        for (int i = 0; i < ended.size() - MOST_ENDED; i++) {
            jobs.remove(ended.get(i).id());
        }
    }
}
