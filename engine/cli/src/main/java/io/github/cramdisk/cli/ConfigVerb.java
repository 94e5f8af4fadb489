// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigNote;
import io.github.cramdisk.api.config.Configuration;
import java.io.IOException;
import java.util.List;

/** A verb for configuration of the system. */
abstract class ConfigVerb extends Verb {
    ConfigVerb(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() throws IOException {
        try (Engine engine = door().open()) {
            try {
                return run(engine);
            } catch (CramdiskException e) {
                if (e.kind() != ErrorKind.NO_AUTHENTICATION_AGENT) {
                    throw e;
                }
                TerminalAgent agent =
                        TerminalAgent.register(engine.status().pid()).orElseThrow(() -> e);
                try {
                    return run(engine);
                } finally {
                    agent.close();
                }
            }
        }
    }

    /** @return the exit code */
    int run(Engine engine) throws IOException {
        return run(engine.configuration());
    }

    /** @return the exit code */
    abstract int run(Configuration configuration) throws IOException;

    /** On standard error, so that the text alone can be taken from standard output. */
    void tell(List<ConfigNote> notes) {
        terminal().out().flush();
        for (ConfigNote note : notes) {
            String volume = note.volume().isEmpty() ? "" : VolumeText.plain(note.volume()) + ": ";
            String weight = switch (note.weight()) {
                case LEFT_OUT -> "left out: ";
                case CHANGED -> "changed: ";
                case HINT -> "";
            };
            String nearest = note.nearest() == null
                    ? ""
                    : " The format that can: " + note.nearest().text() + ".";
            terminal().err().println("# " + volume + weight + note.sentence() + nearest);
        }
    }
}
