// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import picocli.CommandLine.Command;

@Command(
        name = "start",
        description = {
            "Start the engine in the background, if it is not running.",
            "Other commands do so when they need it."
        })
final class EngineStart extends Verb {
    EngineStart(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        try (Engine engine = door().open()) {
            EngineReport.print(terminal(), engine.status(), json());
        }
        return ExitCode.DONE;
    }
}
