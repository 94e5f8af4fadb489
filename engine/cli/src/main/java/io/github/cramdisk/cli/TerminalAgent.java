// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets polkit ask for a password on this terminal while a command waits, as is needed over ssh: its own
 * {@code pkttyagent}, registered for the engine, which is who calls the privileged helper.
 */
final class TerminalAgent implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/pkttyagent");
    private static final Path TERMINAL = Path.of("/dev/tty");
    private static final long READY_SECONDS = 3;
    private static final long END_SECONDS = 3;

    private final Process process;

    private TerminalAgent(Process process) {
        this.process = process;
    }

    /**
     * Registers one and waits until polkit knows it; nothing where there is no terminal or no agent.
     *
     * @param enginePid of an engine of this user
     */
    static Optional<TerminalAgent> register(long enginePid) {
        if (!Files.isExecutable(PROGRAM) || !hasTerminal()) {
            return Optional.empty();
        }
        try {
            // It closes the descriptor of --notify-fd when it is registered, or ends; its own standard output it keeps,
            // so
            // it gets another, which takes a shell.
            Process process = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "exec \"$0\" --process \"$1\" --notify-fd 3 3>&1 1>/dev/null",
                            PROGRAM.toString(),
                            Long.toString(enginePid))
                    .redirectInput(TERMINAL.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitEndOfOutput(process);
            return Optional.of(new TerminalAgent(process));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Anybody may read the file, but to open it takes a terminal that controls this process. */
    private static boolean hasTerminal() {
        try (InputStream terminal = Files.newInputStream(TERMINAL)) {
            return terminal != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitEndOfOutput(Process process) {
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getInputStream().read() < 0;
            } catch (IOException e) {
                return true;
            }
        });
        try {
            ended.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Then the command goes on without; the engine says that nobody could be asked.
            process.destroy();
        }
    }

    /** Ends it; a question that is still open is withdrawn, and the terminal is as it was. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
