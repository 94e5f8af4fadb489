// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.insight.CodecReport;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

@Command(
        name = "codecs",
        description = {
            "Try codecs and block sizes on a sample of what is on a disk.",
            "Takes some seconds, because the engine takes no more than a fifth of a core for it."
        })
final class DiskCodecs extends DiskVerb {
    private static final long ASK_EVERY_MILLIS = 200;
    private static final int BAR_WIDTH = 30;

    DiskCodecs(Cli cli) {
        super(cli);
    }

    @Override
    int run(Engine engine) {
        CodecReport report = engine.insight().codecs(name());
        try {
            while (report.state() == CodecReport.State.SAMPLING) {
                TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
                report = engine.insight().codecs(name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (json()) {
            terminal().printJson(report);
            return ExitCode.DONE;
        }
        if (report.state() == CodecReport.State.ON_BATTERY) {
            terminal().print("The machine runs on battery: nothing is tried now.");
        } else if (report.trials().isEmpty()) {
            terminal().print("Disk \"" + name() + "\" holds nothing that could be tried.");
        }
        if (!report.trials().isEmpty()) {
            table(report).lines().forEach(terminal()::print);
        }
        return ExitCode.DONE;
    }

    private static Table table(CodecReport report) {
        double best = report.trials().stream()
                .mapToDouble(CodecReport.Trial::ratio)
                .max()
                .orElse(1);
        Table table = new Table("lrrrll").row("CODEC", "BLOCKS", "RATIO", "MB/s A CORE", "", "");
        for (CodecReport.Trial trial : report.trials()) {
            table.row(
                    trial.codec().toString(),
                    new ByteSize(trial.blockBytes()).formatExact(),
                    DiskText.ratio(trial.ratio()),
                    String.format(Locale.ROOT, "%.0f", trial.megabytesPerSecond()),
                    Bars.bar(Math.round(trial.ratio() * 1000), Math.round(best * 1000), BAR_WIDTH),
                    trial.current() ? "now" : "");
        }
        return table;
    }
}
