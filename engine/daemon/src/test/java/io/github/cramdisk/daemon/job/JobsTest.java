// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.StepKind;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.daemon.job.Jobs.Cancelling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final SetClock clock = new SetClock();
    private final Jobs jobs = new Jobs(clock);

    @Test
    void tellsStepAndProgressWhileItRunsAndThatItIsDone() {
        String result = jobs.run(JobKind.ATTACH, "t", Cancelling.HEEDED, job -> {
            job.step(0.5, StepKind.MAKING, "ext4");
            JobInfo now = jobs.list().get(0);
            assertThat(now.state()).isEqualTo(JobState.RUNNING);
            assertThat(now.step()).isEqualTo("making ext4");
            assertThat(now.stepIn(Locale.GERMAN)).isEqualTo("legt ext4 an");
            assertThat(now.progress()).isEqualTo(0.5);
            assertThat(now.cancellable()).isTrue();
            return "made";
        });

        assertThat(result).isEqualTo("made");
        assertThat(jobs.list()).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(job.progress()).isEqualTo(1.0);
            assertThat(job.cancellable()).isFalse();
        });
    }

    @Test
    void endsAtTheNextStepOnceItIsCancelled() {
        assertRefused(
                ErrorKind.CANCELLED,
                () -> jobs.run(JobKind.ATTACH, "t", Cancelling.HEEDED, job -> {
                    job.step(StepKind.MAKING, "ext4");
                    jobs.cancel(job.id());
                    assertThat(jobs.list().get(0).state()).isEqualTo(JobState.CANCELLING);
                    job.step(StepKind.MOUNTING, "ext4", "/mnt");
                    throw new AssertionError("the next step was begun");
                }));

        assertThat(jobs.list().get(0).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void keepsTheSentenceOfTheErrorThatEndedIt() {
        assertRefused(
                ErrorKind.NO_SUCH_DISK,
                () -> jobs.run(JobKind.TRIM, "t", Cancelling.IGNORED, job -> {
                    throw new CramdiskException(ErrorKind.NO_SUCH_DISK, "t");
                }));

        JobInfo job = jobs.list().get(0);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.problem()).contains("no disk named \"t\"");
    }

    @Test
    void aDefectEndsAJobToo() {
        assertThatThrownBy(() -> jobs.run(JobKind.TRIM, "t", Cancelling.IGNORED, job -> {
                    throw new IllegalStateException("a defect");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(jobs.list().get(0).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void refusesToCancelWhatDoesNotHeedItOrIsNotThere() {
        jobs.run(JobKind.TRIM, "t", Cancelling.IGNORED, job -> {
            assertRefused(ErrorKind.CANNOT_CANCEL, () -> jobs.cancel(job.id()));
            return "";
        });
        assertRefused(ErrorKind.NO_SUCH_JOB, () -> jobs.cancel(99));
        jobs.cancel(jobs.list().get(0).id());
        assertThat(jobs.list().get(0).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void forgetsWhatEndedHalfAMinuteAgoAndKeepsTheListShort() {
        for (int i = 0; i < Jobs.MOST_ENDED + 10; i++) {
            jobs.run(JobKind.TRIM, "t" + i, Cancelling.IGNORED, job -> "");
        }
        assertThat(jobs.list()).hasSize(Jobs.MOST_ENDED);
        assertThat(jobs.list().get(0).subject()).isEqualTo("t10");

        clock.now = clock.now.plus(Jobs.SHOWN_AFTER_END).plusMillis(1);

        assertThat(jobs.list()).isEmpty();
    }

    private static void assertRefused(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH.plus(Duration.ofDays(1));

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
