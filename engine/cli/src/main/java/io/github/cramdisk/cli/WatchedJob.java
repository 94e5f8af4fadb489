// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs a call of the engine that is a job there: tells its steps on standard error as they come, and turns Ctrl-C into the
 * wish to cancel it. Where polkit wants a password and nothing else can ask, it is asked on this terminal.
 */
final class WatchedJob {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** The step under way is finished, and what was done is taken back. */
    private static final Duration CANCEL_PATIENCE = Duration.ofMinutes(2);

    private final Verb verb;
    private final Engine engine;
    private final JobKind kind;
    private final String subject;
    private final CountDownLatch done = new CountDownLatch(1);
    private String told = "";

    private WatchedJob(Verb verb, Engine engine, JobKind kind, String subject) {
        this.verb = verb;
        this.engine = engine;
        this.kind = kind;
        this.subject = subject;
    }

    static <T> T run(Verb verb, Engine engine, JobKind kind, String subject, Supplier<T> call) {
        try {
            return new WatchedJob(verb, engine, kind, subject).run(call);
        } catch (CramdiskException e) {
            if (e.kind() != ErrorKind.NO_AUTHENTICATION_AGENT) {
                throw e;
            }
            // A desktop's agent comes first. What was done so far was taken back.
            TerminalAgent agent = TerminalAgent.register(engine.status().pid()).orElseThrow(() -> e);
            try {
                return new WatchedJob(verb, engine, kind, subject).run(call);
            } finally {
                agent.close();
            }
        }
    }

    private <T> T run(Supplier<T> call) {
        Thread cancel = new Thread(this::cancel, "cramdisk-cancel");
        Runtime.getRuntime().addShutdownHook(cancel);
        Thread watch = new Thread(this::watch, "cramdisk-watch");
        watch.setDaemon(true);
        if (!verb.json()) {
            watch.start();
        }
        try {
            return call.get();
        } finally {
            done.countDown();
            removeHook(cancel);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown is under way: the hook is what cancelled the job.
        }
    }

    private void watch() {
        try {
            while (!done.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                active().map(JobInfo::step).filter(step -> !step.equals(told)).ifPresent(step -> {
                    told = step;
                    verb.terminal().err().println(step + " ...");
                    verb.terminal().err().flush();
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CramdiskException e) {
            // The call itself tells what is wrong with the engine.
            told = "";
        }
    }

    /** On Ctrl-C. */
    private void cancel() {
        try {
            Optional<JobInfo> job = active().filter(found -> found.state() == JobState.RUNNING && found.cancellable());
            if (job.isPresent()) {
                engine.cancelJob(job.get().id());
                boolean ended = done.await(CANCEL_PATIENCE.toSeconds(), TimeUnit.SECONDS);
                verb.terminal().err().println(ended ? "Cancelled." : "It still ends; see: cramdisk job list");
                verb.terminal().err().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CramdiskException e) {
            verb.terminal().err().println(e.getMessage());
            verb.terminal().err().flush();
        }
    }

    private Optional<JobInfo> active() {
        return engine.jobs().stream()
                .filter(job -> job.kind() == kind
                        && job.subject().equals(subject)
                        && job.state().isActive())
                .findFirst();
    }
}
