// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import io.github.cramdisk.api.rpc.EngineClient;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine of this user, or starts it and waits until it answers. Thread-safe.
 *
 * <p>The engine runs in a session of its own ({@code setsid(1)}), so it survives the window, the terminal and the shell
 * that started it. Two that start it at once do no harm: the engine's lock decides, and both find the one that won.
 */
public final class EngineLauncher {
    /** Names the directory that holds {@code bin/cramdisk-engine}; set by the launch scripts. */
    public static final String HOME_PROPERTY = "cramdisk.home";

    /** For as long as its process lives: a slow or busy machine takes a while, and one that fails ends at once. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 100;
    /** How long an engine that ends at once is started again. */
    private static final Duration LEAVING_GRACE = Duration.ofSeconds(2);

    private final RuntimeFiles files;
    private final @Nullable Path home;
    private final Duration startTimeout;
    private final EngineClient.Timeouts timeouts;

    /** @param home where Cramdisk is installed; null when it is not known, and then nothing can be started */
    public EngineLauncher(RuntimeFiles files, @Nullable Path home) {
        this(files, home, START_TIMEOUT, EngineClient.Timeouts.DEFAULT);
    }

    EngineLauncher(RuntimeFiles files, @Nullable Path home, Duration startTimeout, EngineClient.Timeouts timeouts) {
        this.files = files;
        this.home = home;
        this.startTimeout = startTimeout;
        this.timeouts = timeouts;
    }

    /** For the user and the installation of this process; see {@link #HOME_PROPERTY}. */
    public static EngineLauncher ofThisProcess() {
        String home = System.getProperty(HOME_PROPERTY);
        return new EngineLauncher(
                RuntimeFiles.ofThisProcess(),
                home == null || home.isEmpty() ? null : Path.of(home).toAbsolutePath());
    }

    public RuntimeFiles files() {
        return files;
    }

    /**
     * The script that starts the engine.
     *
     * @throws CramdiskException {@link ErrorKind#ENGINE_UNAVAILABLE} when the installation is not known or not whole
     */
    public Path engineScript() {
        if (home == null) {
            throw new CramdiskException(
                    ErrorKind.ENGINE_UNAVAILABLE,
                    "it is not running, and where to start it from is not known (the property " + HOME_PROPERTY
                            + " is not set). Use the cramdisk command, or start it first: cramdisk engine start");
        }
        Path script = home.resolve("bin/cramdisk-engine");
        if (!Files.isExecutable(script)) {
            throw new CramdiskException(
                    ErrorKind.ENGINE_UNAVAILABLE,
                    "it is not running, and " + script + " cannot be executed. Is the installation complete?");
        }
        return script;
    }

    /**
     * The running engine, if there is one. Starts nothing.
     *
     * @throws CramdiskException {@link ErrorKind#RUNTIME_DIR_UNUSABLE}, {@link ErrorKind#PATH_TOO_LONG}, or
     *     {@link ErrorKind#ENGINE_UNAVAILABLE} when somebody is there but does not accept
     */
    public Optional<EngineClient> findRunning() {
        Path socket = files.engineSocket();
        if (!files.verifyRuntimeDirectory() || !Files.exists(socket)) {
            return Optional.empty();
        }
        try {
            return Optional.of(EngineClient.connect(socket, timeouts));
        } catch (CramdiskException e) {
            if (e.getCause() instanceof ConnectException || !Files.exists(socket)) {
                // A socket that nobody listens on any more: the engine was killed, or has just left.
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The engine, started if need be.
     *
     * @throws CramdiskException {@link ErrorKind#ENGINE_UNAVAILABLE} with the last lines of its output when it ends
     *     at once or does not come up within 60 seconds, and those of {@link #findRunning}
     */
    public EngineClient connectOrStart() {
        Optional<EngineClient> running = findRunning();
        return running.isPresent() ? running.get() : startAndConnect();
    }

    private EngineClient startAndConnect() {
        Path script = engineScript();
        files.prepareRuntimeDirectory();
        EngineOutput output = EngineOutput.prepare(files.engineOutput());
        long begin = System.nanoTime();
        long firstEnd = 0;
        long pause = FIRST_PAUSE_MILLIS;
        Process process = start(script);
        while (System.nanoTime() - begin < startTimeout.toNanos()) {
            boolean ended = pauseOrEnd(process, pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            Optional<EngineClient> client = findRunning().flatMap(this::onceAnswering);
            if (client.isPresent()) {
                return client.get();
            }
            if (ended && isAnotherUnderWay()) {
                firstEnd = 0;
                pauseOrEnd(null, LONGEST_PAUSE_MILLIS);
            } else if (ended) {
                // It may have met the lock of one that was just leaving; a failure that lasts is told by time.
                firstEnd = firstEnd == 0 ? System.nanoTime() : firstEnd;
                if (System.nanoTime() - firstEnd > LEAVING_GRACE.toNanos()) {
                    throw notUp("it was started, but ended at once. ", output);
                }
                pauseOrEnd(null, LONGEST_PAUSE_MILLIS);
                process = start(script);
            }
        }
        throw notUp("it was started, but did not answer within " + startTimeout.toSeconds() + " seconds. ", output);
    }

    /** Whether a process has the lock of the engine: one that is being started, or one that is leaving. */
    private boolean isAnotherUnderWay() {
        try {
            return ProcessHandle.of(
                            Long.parseLong(Files.readString(files.engineLock()).strip()))
                    .isPresent();
        } catch (IOException | NumberFormatException e) {
            // Nobody has it.
            return false;
        }
    }

    private CramdiskException notUp(String what, EngineOutput output) {
        List<String> lines = output.lastLines();
        String where = "Its log is " + files.engineLog();
        return new CramdiskException(
                ErrorKind.ENGINE_UNAVAILABLE,
                what + (lines.isEmpty() ? where : where + "; it said:\n  " + String.join("\n  ", lines)));
    }

    /** The socket may be there before the engine serves, or belong to one that is leaving. */
    private Optional<EngineClient> onceAnswering(EngineClient client) {
        try {
            EngineStatus unused = client.status();
            return Optional.of(client);
        } catch (CramdiskException e) {
            client.close();
            if (e.kind() != ErrorKind.ENGINE_UNAVAILABLE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Process start(Path script) {
        try {
            ProcessBuilder builder = new ProcessBuilder("setsid", script.toString())
                    .directory(Path.of("/").toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            files.engineOutput().toFile()));
            builder.environment().putAll(files.overrides());
            return builder.start();
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.ENGINE_UNAVAILABLE, e, "it cannot be started (" + e.getMessage() + ")");
        }
    }

    /** Waits, but no longer than the process lives; without a process for the whole time. */
    private static boolean pauseOrEnd(@Nullable Process process, long millis) {
        try {
            if (process == null) {
                TimeUnit.MILLISECONDS.sleep(millis);
                return false;
            }
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, e, "the wait for its start was interrupted");
        }
    }
}
