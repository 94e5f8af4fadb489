// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCommandsTest {
    private final FakeEngine engine = new FakeEngine();

    @Test
    void statusTellsWhereARunningEngineIs() {
        CommandLineRun run = CommandLineRun.with(engine).run("engine", "status");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.started()).isFalse();
        assertThat(run.out()).contains("running", "4711", "1 h 2 min", "/r/nbd.sock");
        JsonNode json =
                CommandLineRun.with(engine).run("engine", "status", "--json").json();
        assertThat(json.get("running").booleanValue()).isTrue();
        assertThat(json.get("pid").longValue()).isEqualTo(4711);
        assertThat(json.get("version").textValue()).isEqualTo("0.1.0");
        assertThat(json.get("uptimeSeconds").doubleValue()).isEqualTo(3725.5);
    }

    @Test
    void statusOfNoEngineStartsNoneAndExitsWithOne() {
        CommandLineRun run = CommandLineRun.with(engine).notRunning().run("engine", "status");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.started()).isFalse();
        assertThat(run.out()).contains("not running", "cramdisk engine start");
        CommandLineRun json = CommandLineRun.with(engine).notRunning().run("engine", "status", "--json");
        assertThat(json.out()).isEqualToIgnoringNewLines("{\"running\":false}");
        assertThat(json.err()).isEmpty();
    }

    @Test
    void startTellsTheStatus() {
        CommandLineRun run = CommandLineRun.with(engine).notRunning().run("engine", "start", "--json");
        assertThat(run.started()).isTrue();
        assertThat(run.json().get("pid").longValue()).isEqualTo(4711);
    }

    @Test
    void stopDetachesEveryDiskFirstWhenAsked() {
        CommandLineRun.with(engine).run("disk", "create", "one", "--size", "1M");
        CommandLineRun.with(engine).run("disk", "attach", "one");
        assertThat(engine.attached).isNotEmpty();
        CommandLineRun run = CommandLineRun.with(engine).run("engine", "stop", "--detach");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("Warning");
        assertThat(engine.attached).isEmpty();
        assertThat(engine.stopped).isTrue();
    }

    @Test
    void stopEndsARunningEngineAndIsDoneWithoutOne() {
        CommandLineRun run = CommandLineRun.with(engine).run("engine", "stop");
        assertThat(engine.stopped).isTrue();
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("has stopped");
        CommandLineRun none = CommandLineRun.with(engine).notRunning().run("engine", "stop", "--json");
        assertThat(none.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(none.started()).isFalse();
        assertThat(none.json().get("running").booleanValue()).isFalse();
    }

    @Test
    void runExitsAsTheEngineDoes() {
        assertThat(CommandLineRun.with(engine).run("engine", "run").exitCode()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"59.9, 59 s", "61, 1 min 1 s", "3600, 1 h 0 min", "90000, 1 d 1 h"})
    void tellsUptimeInTwoUnits(double seconds, String text) {
        assertThat(EngineReport.uptime(seconds)).isEqualTo(text);
    }

    @Test
    void tellsWhatHappened() {
        FakeEngine engine = new FakeEngine();
        engine.events.add(EngineEvent.of(
                7, 1_700_000_000_000L, EventKind.WRITES_RELEASED, EngineEvent.Severity.INFO, "scratch", "scratch"));
        CommandLineRun run = CommandLineRun.with(engine).run("engine", "events");
        assertThat(run.out()).contains("info", "The disk \"scratch\" has room again");
        assertThat(CommandLineRun.with(engine)
                        .run("engine", "events", "--after", "7")
                        .out())
                .contains("Nothing has happened");
        assertThat(CommandLineRun.with(engine).run("engine", "events", "--json").out())
                .contains("\"kind\":\"WRITES_RELEASED\"", "\"id\":7");
    }

    @Test
    void listsAndCancelsJobs() {
        FakeEngine engine = new FakeEngine();
        engine.jobs.add(new JobInfo(7, JobKind.ATTACH, "t", JobState.RUNNING, "making ext4", 0.4, null, 0, true));
        CommandLineRun list = CommandLineRun.with(engine).run("job", "list");
        assertThat(list.out()).contains("7", "attach", "running", "40%", "making ext4");

        CommandLineRun cancel = CommandLineRun.with(engine).run("job", "cancel", "7");
        assertThat(cancel.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(engine.cancelled).containsExactly(7L);
        CommandLineRun wrong = CommandLineRun.with(engine).run("job", "cancel", "8");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(wrong.err()).contains("There is no job 8");
    }
}
