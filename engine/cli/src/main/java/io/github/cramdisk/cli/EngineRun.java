// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import picocli.CommandLine.Command;

@Command(
        name = "run",
        description = {
            "Run the engine in this terminal until Ctrl-C.",
            "For service managers and for looking at its log; usually it starts by itself."
        })
final class EngineRun extends Verb {
    EngineRun(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        return door().runInForeground();
    }
}
