// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.api.job.JobKind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
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
    private static final int PERCENT = 100;

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
                    name(rival),
                    new ByteSize(rival.memoryBytes()).toString(),
                    new ByteSize(rival.restedMemoryBytes()).toString(),
                    number(rival.writeMegabytesPerSecond()),
                    number(rival.readMegabytesPerSecond()),
                    number(rival.randomReadsPerSecond()),
                    number(rival.randomWritesPerSecond()));
        }
        table.lines().forEach(terminal()::print);
        if (comparison.withoutZram() != null) {
            terminal().print("Without zram: " + comparison.withoutZram());
        }
        terminal().print("");
        terminal().print(advice(comparison));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String name(Rival rival) {
        return switch (rival.kind()) {
            case TMPFS -> "tmpfs";
            case TMPFS_WITH_SWAP -> "tmpfs, compressed swap";
            case ZRAM -> "zram, lz4";
            case DISK ->
                "disk, " + Objects.requireNonNull(rival.codec()) + ", "
                        + new ByteSize(rival.blockBytes()).formatExact();
        };
    }

    /** One sentence. */
    static String advice(Comparison comparison) {
        Rival best = comparison.rivals().get(comparison.advice().rival());
        long percent = Math.round((double) PERCENT * best.restedMemoryBytes() / comparison.sampledBytes());
        return switch (comparison.advice().reason()) {
            case HARDLY_COMPRESSES ->
                "Use a tmpfs: these files hardly become smaller, so compressing them would only cost time.";
            case PLENTY_OF_MEMORY ->
                "Use a tmpfs with compressed swap: memory is plenty for these files, plain ones are fastest, and what is "
                        + "left alone shrinks to " + percent + " % when memory gets short.";
            case SAVES_MEMORY ->
                "Use a disk with " + best.codec() + " in blocks of "
                        + new ByteSize(best.blockBytes()).formatExact()
                        + ": these files take a good part of your memory, and only " + percent
                        + " % of that when they are left alone for a while.";
        };
    }
}
