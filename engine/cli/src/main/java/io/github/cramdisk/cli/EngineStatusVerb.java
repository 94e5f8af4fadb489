// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description = {"Tell whether the engine is running, since when and where.", "Starts nothing."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:The engine is running.", "1:It is not running, or does not answer."})
final class EngineStatusVerb extends Verb {
    EngineStatusVerb(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        Optional<Engine> running = door().openIfRunning();
        if (running.isEmpty()) {
            EngineReport.printNotRunning(terminal(), json());
            return ExitCode.FAILED;
        }
        try (Engine engine = running.get()) {
            EngineReport.print(terminal(), engine.status(), json());
        }
        return ExitCode.DONE;
    }
}
