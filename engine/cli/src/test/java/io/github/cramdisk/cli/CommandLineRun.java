// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.Json;
import io.github.cramdisk.api.rpc.RawConnection;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;

/**
 * The outcome of one command line, run in this process.
 *
 * @param started whether the engine was opened in the way that starts it
 */
record CommandLineRun(int exitCode, String out, String err, boolean started) {

    /** How a test sets the scene. */
    static final class Scene implements EngineDoor {
        private final FakeEngine engine;
        private boolean running = true;
        private boolean asks;
        private boolean redraws;
        private String typed = "";
        private boolean started;

        private Scene(FakeEngine engine) {
            this.engine = engine;
        }

        Scene notRunning() {
            running = false;
            return this;
        }

        /** A person at a terminal, who types this. */
        Scene atTerminal(String text) {
            asks = true;
            redraws = true;
            typed = text;
            return this;
        }

        CommandLineRun run(String... arguments) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            Terminal terminal =
                    new Terminal(new StringReader(typed), new PrintWriter(out), new PrintWriter(err), asks, redraws);
            int exitCode = CommandTree.execute(new Cli(this, terminal), arguments);
            terminal.flush();
            return new CommandLineRun(exitCode, out.toString(), err.toString(), started);
        }

        @Override
        public Engine open() {
            started = true;
            return engine;
        }

        @Override
        public Optional<Engine> openIfRunning() {
            return running ? Optional.of(engine) : Optional.empty();
        }

        @Override
        public RawConnection serve(String diskName) {
            throw new CramdiskException(ErrorKind.NO_SUCH_DISK, diskName);
        }

        @Override
        public int runInForeground() {
            return 7;
        }

        @Override
        public void awaitEnd(long pid) {
            running = false;
        }
    }

    static Scene with(FakeEngine engine) {
        return new Scene(engine);
    }

    /** Standard output as the one JSON value that it must be. */
    JsonNode json() {
        return parse(out);
    }

    /** Standard error as the one JSON value that it must be. */
    JsonNode jsonError() {
        return parse(err);
    }

    static JsonNode parse(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
