// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.insight.CodecReport.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InsightCommandsTest {
    private final FakeEngine engine = new FakeEngine();

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.with(engine).run(arguments);
    }

    @Test
    void thePastIsATableWithoutWhatIsUnknown() {
        CommandLineRun run = run("history", "d", "--span", "15m");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(engine.insight.askedSpan).isEqualTo(Duration.ofMinutes(15));
        assertThat(run.out().lines().toList()).hasSize(3);
        assertThat(run.out()).contains("LOGICAL", "2.0 MiB", "3.0 MiB", "8.0 KiB", "38 µs");
        assertThat(run("history", "d", "--json").out()).contains("\"logicalBytes\":[-1,2097152,3145728]");
    }

    @Test
    void aSpanThatIsNoneIsRefusedWithoutAnEngine() {
        CommandLineRun run = run("history", "d", "--span", "soon");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("\"soon\" is not a time", "15m");
        assertThat(run.started()).isFalse();
    }

    @Test
    void theMapHasACharacterForEachCell() {
        CommandLineRun run = run("disk", "map", "d");
        assertThat(run.out()).contains(".0421#..", "A cell is 1.0 MiB");
        assertThat(run.out()).contains("Squeezed: 25 % of what is in use.");
        assertThat(run("disk", "map", "d", "--cells", "0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("disk", "map", "d", "--json").out()).contains("\"cellBytes\":1048576");
    }

    @Test
    void codecsAreAskedForUntilTheyAreKnown() {
        CommandLineRun run = run("disk", "codecs", "d");
        assertThat(run.out()).contains("lz4", "1.58", "790", "now", "zstd:3", "64K", "2.42", "290");
        assertThat(engine.insight.states).isEmpty();
    }

    @Test
    void whyThereAreNoCodecsIsSaid() {
        engine.insight.states.addFirst(State.EMPTY);
        assertThat(run("disk", "codecs", "d").out()).contains("holds nothing");
        engine.insight.states.addFirst(State.ON_BATTERY);
        assertThat(run("disk", "codecs", "d").out()).contains("on battery");
    }
}
