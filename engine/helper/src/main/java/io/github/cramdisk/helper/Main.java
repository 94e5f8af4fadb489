// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper;

import java.io.IOException;
import java.lang.System.Logger.Level;

/** Starts the helper; see {@link HelperProcess}. Logs to standard error, which is the journal's under systemd. */
public final class Main {
    private static final System.Logger LOG = System.getLogger(Main.class.getName());
    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            LOG.log(Level.ERROR, "thread " + thread.getName() + " ended by an error", e);
            // Half deaf is worse than gone: the bus starts the next one at the next call.
            Runtime.getRuntime().halt(FAILED);
        });
        try {
            RuntimeDirectories directories = RuntimeDirectories.prepare();
            new HelperProcess(directories).run();
            System.exit(0);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the helper cannot start: " + e.getMessage());
            System.exit(FAILED);
        }
    }
}
