// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ExitCode;
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
                .contains("Without zram: Only an engine of root can fill a zram device itself; this is one of me.")
                .contains(
                        "Use a disk with lz4 in blocks of 4K: these files take a good part of your memory, and only 44 % of that");
    }

    @Test
    void scriptsGetAllOfIt() {
        assertThat(run("compare", "/files", "--json").out())
                .contains(
                        "\"kind\":\"tmpfs-with-swap\"",
                        "\"reason\":\"saves-memory\"",
                        "\"sampledBytes\":1073741824",
                        "\"kind\":\"ZRAM_NEEDS_ROOT\"");
    }

    @Test
    void withoutAPathItIsNoCommand() {
        CommandLineRun run = run("compare");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.started()).isFalse();
    }
}
