// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.job.JobInfo;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List long work of the engine that is under way, or has just ended.")
final class JobList extends Verb {
    private static final int PERCENT = 100;

    JobList(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        List<JobInfo> jobs;
        try (Engine engine = door().open()) {
            jobs = engine.jobs();
        }
        if (json()) {
            terminal().printJson(jobs);
        } else if (jobs.isEmpty()) {
            terminal().print("Nothing is under way.");
        } else {
            Table table = new Table("rlllrl").row("ID", "JOB", "OF", "STATE", "DONE", "STEP");
            for (JobInfo job : jobs) {
                table.row(
                        Long.toString(job.id()),
                        job.kind().text(),
                        job.subject(),
                        job.state().text(),
                        percent(job),
                        job.problem() == null ? job.step() : job.problem());
            }
            table.lines().forEach(terminal()::print);
        }
        return ExitCode.DONE;
    }

    private static String percent(JobInfo job) {
        Double progress = job.progress();
        return progress == null ? "?" : Math.round(progress * PERCENT) + "%";
    }
}
