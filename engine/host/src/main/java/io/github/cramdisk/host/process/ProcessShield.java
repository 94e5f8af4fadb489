// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.process;

import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.LockLimit;
import io.github.cramdisk.host.syscall.ProcessCalls;
import java.nio.file.Path;

/**
 * Lets a process go on when memory has run out, because the machine swaps to what it serves: the OOM killer lets it be, and
 * it may lock as much memory as it wants. Without state.
 */
public final class ProcessShield {
    /** OOM_SCORE_ADJ_MIN: never killed. */
    private static final String NEVER = "-1000";

    private ProcessShield() {}

    /**
     * Needs CAP_SYS_RESOURCE. The process may take it back by itself: it may raise its score and lower its limit.
     *
     * @param process its directory in /proc
     */
    public static void raise(long pid, Path process) throws KernelException {
        ProcessCalls.limitLocking(pid, LockLimit.NONE);
        FileCalls.writeValue(scoreOf(process), NEVER);
    }

    /**
     * The file with the oom_score_adj of a process, -1000 to 1000; see proc(5).
     *
     * @param process its directory in /proc
     */
    public static String scoreOf(Path process) {
        return process.resolve("oom_score_adj").toString();
    }
}
