// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.testmachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one program to its end and keeps what it printed. */
public final class Command {
    /** Generous: these tests share their processors with other work. */
    public static final Duration LIMIT = Duration.ofMinutes(5);

    private Command() {}

    /** What a program left behind. */
    public record Result(List<String> command, int exitCode, String out, String err) {
        /** This result, if the program ended with 0. */
        public Result succeeded() {
            assertThat(exitCode).as("exit code; %s", this).isZero();
            return this;
        }

        @Override
        public String toString() {
            return String.join(" ", command) + "\nexit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    public static Result run(String... command) {
        return run(Map.of(), List.of(command));
    }

    /** @param environment added to this process's own */
    public static Result run(Map<String, String> environment, List<String> command) {
        return run(environment, Path.of("").toAbsolutePath(), command);
    }

    /** For programs that leave files where they are started. */
    public static Result runIn(Path directory, List<String> command) {
        return run(Map.of(), directory, command);
    }

    private static Result run(Map<String, String> environment, Path directory, List<String> command) {
        try {
            Path out = Files.createTempFile("command", ".out");
            Path err = Files.createTempFile("command", ".err");
            try {
                Process process = start(environment, directory, command, out, err);
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("no end within " + LIMIT + ": "
                            + new Result(command, -1, Files.readString(out), Files.readString(err)));
                }
                return new Result(command, process.exitValue(), Files.readString(out), Files.readString(err));
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

    /** Starts a program with nothing on its standard input. */
    private static Process start(
            Map<String, String> environment, Path directory, List<String> command, Path out, Path err)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
