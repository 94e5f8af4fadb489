// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.RuntimeFiles;
import io.github.cramdisk.daemon.log.EngineLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The engine as a process: {@code cramdisk-engine [--foreground]}.
 *
 * <p>It ends with 0 when it was asked to stop, by a front end or by SIGTERM, SIGINT or SIGHUP, and with the exit code of
 * the error when it cannot start. Everything else (a kill, a crash) its launcher takes for a reason to start it again.
 */
public final class Main {
    private static final System.Logger LOG = System.getLogger(Main.class.getName());
    private static final String FOREGROUND = "--foreground";
    private static final String VERSION = "--version";

    private static final CountDownLatch STOP_ASKED = new CountDownLatch(1);

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.equals(List.of(VERSION))) {
            System.out.println("cramdisk-engine " + EngineVersion.current());
            return ExitCode.DONE;
        }
        if (!arguments.isEmpty() && !arguments.equals(List.of(FOREGROUND))) {
            System.err.println("usage: cramdisk-engine [" + FOREGROUND + " | " + VERSION + "]");
            return ExitCode.USAGE;
        }
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> LOG.log(Level.ERROR, "thread " + thread.getName() + " ended by an error", e));
        try {
            EngineProcess engine =
                    EngineProcess.start(RuntimeFiles.ofThisProcess(), !arguments.isEmpty(), STOP_ASKED::countDown);
            SignalStop signals = SignalStop.install(engine);
            awaitStop();
            signals.disarm();
            engine.stop();
            return ExitCode.DONE;
        } catch (CramdiskException e) {
            return failed(e);
        } catch (IOException e) {
            return failed(new CramdiskException(ErrorKind.INTERNAL, e, "the engine cannot start (" + e + ")"));
        }
    }

    private static void awaitStop() {
        try {
            STOP_ASKED.await();
        } catch (InterruptedException e) {
            // Nobody interrupts the main thread but a debugger; it is then the wish to end.
            Thread.currentThread().interrupt();
        }
    }

    /** To standard error, which the launcher keeps for whoever waits for the start; to the log, if it is open. */
    private static int failed(CramdiskException e) {
        if (EngineLog.isOpen()) {
            LOG.log(Level.ERROR, "the engine does not start (" + e.kind() + "): " + e.getMessage(), e.getCause());
        }
        System.err.println(e.getMessage());
        return e.kind().exitCode();
    }
}
