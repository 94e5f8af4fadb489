// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stats",
        description = {
            "Show how the blocks of a disk are stored and what its clients asked for.",
            "With --watch --json, one JSON object a line."
        })
final class DiskStatsVerb extends DiskVerb {
    @Option(names = "--watch", description = "Show it again every second, with throughput, until Ctrl-C.")
    private boolean watch;

    DiskStatsVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Engine engine) {
        DiskStats stats = engine.diskStats(name());
        if (watch) {
            return new StatsWatch(engine, stats.info().name(), terminal(), json()).run();
        }
        if (json()) {
            terminal().printJson(stats);
        } else {
            StatsText.lines(stats, null).forEach(terminal()::print);
        }
        return ExitCode.DONE;
    }
}
