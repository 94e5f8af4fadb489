// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = {
            "Ask a job to end. What it has done so far is taken back, after the step that is under way.",
            "Its number is in: cramdisk job list"
        })
final class JobCancel extends Verb {
    @Parameters(paramLabel = "ID", description = "Number of the job.")
    private long id;

    JobCancel(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        try (Engine engine = door().open()) {
            engine.cancelJob(id);
        }
        if (!json()) {
            terminal().print("Asked job " + id + " to end.");
        }
        return ExitCode.DONE;
    }
}
