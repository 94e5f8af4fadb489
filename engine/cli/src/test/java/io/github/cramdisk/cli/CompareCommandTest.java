// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.compare.Advice;
import io.github.cramdisk.api.compare.Comparison;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompareCommandTest {
    private final FakeEngine engine = new FakeEngine();

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.with(engine).run(arguments);
    }

    @Test
    void rivalsAreATableAndTheAdviceIsOneSentence() {
        CommandLineRun run = run("compare", "some/files");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("1.0 GiB of the 4.0 GiB in " + Path.of("some/files").toAbsolutePath())
                .contains("STORAGE", "AT REST")
                .contains("tmpfs, compressed swap", "disk, lz4, 4K", "disk, zstd:3, 64K", "900,000")
                .contains("Without zram: Only root can try zram.")
                .contains(
                        "Use a disk with lz4 in blocks of 4K: these files take a good part of your memory, and only 44 % of that");
    }

    @Test
    void scriptsGetAllOfIt() {
        assertThat(run("compare", "/files", "--json").out())
                .contains("\"kind\":\"tmpfs-with-swap\"", "\"reason\":\"saves-memory\"", "\"sampledBytes\":1073741824");
    }

    @Test
    void withoutAPathItIsNoCommand() {
        CommandLineRun run = run("compare");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.started()).isFalse();
    }

    @Test
    void eachReasonHasItsSentence() {
        Comparison comparison = engine.compare("/files");
        for (Advice.Reason reason : Advice.Reason.values()) {
            Comparison other =
                    new Comparison("/files", 1, 1 << 30, 1, comparison.rivals(), new Advice(2, reason), null);
            assertThat(Compare.advice(other)).startsWith("Use a ").endsWith(".");
        }
    }
}
