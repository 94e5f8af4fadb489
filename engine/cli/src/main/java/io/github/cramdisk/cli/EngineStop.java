// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.job.JobKind;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stop",
        description = {
            "Stop the engine gracefully and wait until it is gone.",
            "The disks stay in memory; the next start serves them again. Clients lose their connections."
        })
final class EngineStop extends Verb {
    @Option(
            names = "--detach",
            description =
                    "Detach all disks first, as \"disk detach\" does. When one is in use the engine is not stopped.")
    private boolean detach;

    EngineStop(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        Optional<Engine> running = door().openIfRunning();
        if (running.isEmpty()) {
            EngineReport.printNotRunning(terminal(), json());
            return ExitCode.DONE;
        }
        try (Engine engine = running.get()) {
            long pid = engine.status().pid();
            if (detach) {
                detachAll(engine);
            } else {
                warnOfAttached(engine);
            }
            engine.stop();
            door().awaitEnd(pid);
        }
        if (json()) {
            EngineReport.printNotRunning(terminal(), true);
        } else {
            terminal().print("The engine has stopped. The disks stay in memory until it starts again.");
        }
        return ExitCode.DONE;
    }

    private void detachAll(Engine engine) {
        for (String name : attached(engine)) {
            DiskInfo unused = WatchedJob.run(this, engine, JobKind.DETACH, name, () -> engine.detachDisk(name));
        }
    }

    private void warnOfAttached(Engine engine) {
        List<String> attached = attached(engine);
        if (!attached.isEmpty() && !json()) {
            terminal()
                    .err()
                    .println("Warning: attached to this machine: " + String.join(", ", attached)
                            + ". All that uses them waits until the engine is started again"
                            + " (cramdisk engine start).");
        }
    }

    private static List<String> attached(Engine engine) {
        return engine.listDisks().stream()
                .filter(disk -> disk.attachment() != null)
                .map(DiskInfo::name)
                .toList();
    }
}
