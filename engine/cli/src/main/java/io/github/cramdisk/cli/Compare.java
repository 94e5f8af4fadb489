// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.ComparisonSentences;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.api.job.JobKind;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = {
            "Try kinds of storage in memory with files of a directory: what they cost, and how fast they are.",
            "Takes up to 1 GiB of them, and no more than a quarter of the available memory meanwhile; less than a minute. "
                    + "Ctrl-C ends it; nothing is left behind. zram is tried where the engine runs as root."
        })
final class Compare extends Verb {
    @Parameters(paramLabel = "PATH", description = "A directory.")
    private Path path = Path.of("");

    Compare(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        String directory = path.toAbsolutePath().normalize().toString();
        Comparison comparison;
        try (Engine engine = door().open()) {
            comparison = WatchedJob.run(this, engine, JobKind.COMPARE, directory, () -> engine.compare(directory));
        }
        if (json()) {
            terminal().printJson(comparison);
        } else {
            print(comparison);
        }
        return ExitCode.DONE;
    }

    private void print(Comparison comparison) {
        terminal()
                .print(new ByteSize(comparison.sampledBytes()) + " of the " + new ByteSize(comparison.filesBytes())
                        + " in " + VolumeText.plain(comparison.directory()) + ":");
        Table table = new Table("lrrrrrr")
                .row("STORAGE", "MEMORY", "AT REST", "WRITE MB/s", "READ MB/s", "RANDOM READS/s", "WRITES/s");
        for (Rival rival : comparison.rivals()) {
            table.row(
                    ComparisonSentences.name(Locale.ROOT, rival),
                    new ByteSize(rival.memoryBytes()).toString(),
                    new ByteSize(rival.restedMemoryBytes()).toString(),
                    number(rival.writeMegabytesPerSecond()),
                    number(rival.readMegabytesPerSecond()),
                    number(rival.randomReadsPerSecond()),
                    number(rival.randomWritesPerSecond()));
        }
        table.lines().forEach(terminal()::print);
        if (comparison.withoutZram() != null) {
            terminal().print("Without zram: " + comparison.withoutZram().sentenceIn(Locale.ROOT));
        }
        terminal().print("");
        terminal().print(ComparisonSentences.advice(Locale.ROOT, comparison));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
