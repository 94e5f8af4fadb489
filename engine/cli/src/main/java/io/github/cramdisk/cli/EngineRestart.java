// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "restart",
        description = {
            "Stop the engine and start it again, after an upgrade for example.",
            "Attached disks go on after a moment of waiting, without an error; other clients lose their connections."
        })
final class EngineRestart extends Verb {
    EngineRestart(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        Optional<Engine> running = door().openIfRunning();
        if (running.isPresent()) {
            try (Engine engine = running.get()) {
                long pid = engine.status().pid();
                engine.stop();
                door().awaitEnd(pid);
            }
        }
        try (Engine engine = door().open()) {
            EngineReport.print(terminal(), engine.status(), json());
        }
        return ExitCode.DONE;
    }
}
