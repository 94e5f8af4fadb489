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

/** A program that runs beside the test, and is killed at its end if it is still there. */
final class Background implements AutoCloseable {
    private final List<String> command;
    private final Path output;
    private final Process process;

    private Background(List<String> command) {
        this.command = command;
        try {
            this.output = Files.createTempFile("background", ".log");
            this.process = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of root. */
    static Background ofRoot(String... command) {
        return new Background(List.of(command));
    }

    /** A program of the user. */
    static Background ofUser(String... command) {
        return new Background(User.command(command));
    }

    /** Copies a file or a tree of the user, and has it written to where it is copied. */
    static Background copy(String source, String target) {
        return ofUser("sh", "-c", "cp --recursive \"$0\" \"$1\" && sync --file-system \"$1\"", source, target);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What Ctrl-C sends. */
    void interrupt() {
        Root.run("kill", "-INT", Long.toString(process.pid())).succeeded();
    }

    /**
     * Waits for its end.
     *
     * @return the output so far, both streams
     */
    Shell.Result end(Duration patience) {
        try {
            assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ended", command)
                    .isTrue();
            return new Shell.Result(command, process.exitValue(), Files.readString(output), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
