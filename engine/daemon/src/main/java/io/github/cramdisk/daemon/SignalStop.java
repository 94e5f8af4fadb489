// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.ExitCode;

/**
 * Stops the engine when a signal ends the process. The exit code is then 0, not the 128 + signal of the JVM: being asked
 * to stop is no failure.
 */
final class SignalStop {
    private volatile boolean armed = true;

    private SignalStop() {}

    static SignalStop install(EngineProcess engine) {
        SignalStop signals = new SignalStop();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signals.stop(engine), "shutdown"));
        return signals;
    }

    /** From now on the process ends as it is told. */
    void disarm() {
        armed = false;
    }

    private void stop(EngineProcess engine) {
        if (armed) {
            engine.stop();
            Runtime.getRuntime().halt(ExitCode.DONE);
        }
    }
}
