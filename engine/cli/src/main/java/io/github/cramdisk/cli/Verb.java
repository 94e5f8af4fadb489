// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that does something; {@link #call} returns its exit code. */
abstract class Verb implements Callable<Integer> {
    static final String JSON = "--json";

    private final Cli cli;

    @Option(
            names = JSON,
            description = "Print JSON instead of text, also for errors (on standard error).",
            order = Verb.LAST)
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.",
            order = Verb.LAST)
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    static final int LAST = 100;

    Verb(Cli cli) {
        this.cli = cli;
    }

    EngineDoor door() {
        return cli.door();
    }

    Terminal terminal() {
        return cli.terminal();
    }

    boolean json() {
        return json;
    }
}
