// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.volume.Volumes;
import java.io.IOException;

/** A verb for volumes that are not disks of the engine. */
abstract class VolumeVerb extends Verb {
    VolumeVerb(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() throws IOException {
        // What the user got wrong is told without starting the engine.
        check();
        try (Engine engine = door().open()) {
            try {
                return run(engine.volumes());
            } catch (CramdiskException e) {
                if (e.kind() != ErrorKind.NO_AUTHENTICATION_AGENT) {
                    throw e;
                }
                return runWithTerminalAgent(engine, e);
            }
        }
    }

    /** A desktop's agent comes first; only where there is none is the password asked here. Nothing was done so far. */
    private int runWithTerminalAgent(Engine engine, CramdiskException refusal) throws IOException {
        TerminalAgent agent = TerminalAgent.register(engine.status().pid()).orElseThrow(() -> refusal);
        try {
            return run(engine.volumes());
        } finally {
            agent.close();
        }
    }

    /** Reads the arguments as far as that needs no engine. */
    void check() {}

    /** @return the exit code, mostly {@link ExitCode#DONE} */
    abstract int run(Volumes volumes) throws IOException;

    void warn(Warning warning) {
        warn(warning.sentence());
    }

    void warn(String sentence) {
        if (!json()) {
            terminal().out().flush();
            terminal().err().println("Warning: " + sentence);
        }
    }
}
