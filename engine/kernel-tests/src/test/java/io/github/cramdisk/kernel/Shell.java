// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one program of the machine to its end. */
public final class Shell {
    /** For an emulated processor on a busy host. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Shell() {}

    /** What a program left behind. */
    public record Result(List<String> command, int exitCode, String out, String err) {
        /** This result, if the program ended with 0. */
        public Result succeeded() {
            return ended(0);
        }

        /** This result, if the program ended with that code. */
        public Result ended(int code) {
            assertThat(exitCode).as("exit code; %s", this).isEqualTo(code);
            return this;
        }

        @Override
        public String toString() {
            return String.join(" ", command) + "\nexit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    static Result run(List<String> command) {
        try {
            Path out = Files.createTempFile("shell", ".out");
            Path err = Files.createTempFile("shell", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
                int exitCode = ended ? process.exitValue() : -1;
                Result result = new Result(command, exitCode, Files.readString(out), Files.readString(err));
                if (!ended) {
                    process.destroyForcibly();
                    throw new AssertionError("no end within " + LIMIT.toMinutes() + " minutes: " + result);
                }
                return result;
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
