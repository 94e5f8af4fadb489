// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineLauncher;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.EngineClient;
import io.github.cramdisk.api.rpc.RawConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The engine of this user on this machine. */
final class LocalEngineDoor implements EngineDoor {
    private static final long END_TIMEOUT_SECONDS = 30;

    private final Supplier<EngineLauncher> launcher;

    /** @param launcher made when it is needed, so that {@code --help} works in any environment */
    LocalEngineDoor(Supplier<EngineLauncher> launcher) {
        this.launcher = launcher;
    }

    @Override
    public Engine open() {
        return launcher.get().connectOrStart();
    }

    @Override
    public Optional<Engine> openIfRunning() {
        return launcher.get().findRunning().map(client -> client);
    }

    @Override
    public RawConnection serve(String diskName) {
        try (EngineClient client = launcher.get().connectOrStart()) {
            return client.serve(diskName);
        }
    }

    @Override
    public int runInForeground() {
        EngineLauncher found = launcher.get();
        found.files().prepareRuntimeDirectory();
        Process engine;
        try {
            engine = new ProcessBuilder(found.engineScript().toString(), "--foreground")
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.ENGINE_UNAVAILABLE, e, "it cannot be started (" + e.getMessage() + ")");
        }
        // Ctrl-C reaches the engine by itself; a signal to this process alone is passed on.
        Thread passOn = new Thread(() -> end(engine), "cramdisk-pass-on");
        Runtime.getRuntime().addShutdownHook(passOn);
        try {
            return engine.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(engine);
            throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, e, "the wait for its end was interrupted");
        }
    }

    private static void end(Process engine) {
        engine.destroy();
        try {
            engine.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void awaitEnd(long pid) {
        try {
            Optional<ProcessHandle> process = ProcessHandle.of(pid);
            if (process.isPresent()) {
                process.get().onExit().get(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new CramdiskException(
                    ErrorKind.ENGINE_UNAVAILABLE,
                    e,
                    "it agreed to stop, but process " + pid + " is still there after " + END_TIMEOUT_SECONDS
                            + " seconds");
        }
    }
}
