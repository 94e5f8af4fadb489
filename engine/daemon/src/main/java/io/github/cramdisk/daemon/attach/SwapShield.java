// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.host.process.ProcessShield;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.LockLimit;
import io.github.cramdisk.host.syscall.ProcessCalls;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this engine needs while the machine swaps to one of its disks: all that it has stays in memory, and the OOM killer
 * lets it be. The helper raises the limits together with making a disk swap; an engine that is root does it by itself. To
 * go back needs no rights. Thread-safe.
 */
final class SwapShield {
    private static final System.Logger LOG = System.getLogger(SwapShield.class.getName());
    private static final Path SELF = Path.of("/proc/self");

    private final boolean root;
    private final Set<String> disks = new HashSet<>();
    private @Nullable Before before;

    /** What was so without it. */
    private record Before(LockLimit limit, String score) {}

    /** @param root whether the engine is */
    SwapShield(boolean root) {
        this.root = root;
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /**
     * Before a disk becomes swap.
     *
     * @throws CramdiskException {@link ErrorKind#KERNEL_REFUSED}
     */
    synchronized void prepare(String disk) {
        disks.add(disk);
        if (before != null) {
            return;
        }
        try {
            before = new Before(ProcessCalls.lockLimit(pid()), FileCalls.readValue(ProcessShield.scoreOf(SELF)));
            if (root) {
                ProcessShield.raise(pid(), SELF);
            }
        } catch (KernelException e) {
            throw refused(e);
        }
    }

    /**
     * Once the limits are raised.
     *
     * @throws CramdiskException {@link ErrorKind#KERNEL_REFUSED}
     */
    synchronized void raise() {
        try {
            ProcessCalls.lockMemory();
            LOG.log(Level.INFO, "the machine swaps to a disk: the engine is locked in memory");
        } catch (KernelException e) {
            throw refused(e);
        }
    }

    /** A disk is not swap any more, or has not become it; the last one ends all of it. */
    synchronized void end(String disk) {
        Before old = before;
        if (!disks.remove(disk) || !disks.isEmpty() || old == null) {
            return;
        }
        before = null;
        try {
            ProcessCalls.unlockMemory();
            FileCalls.writeValue(ProcessShield.scoreOf(SELF), old.score());
            ProcessCalls.limitLocking(pid(), old.limit());
        } catch (KernelException e) {
            LOG.log(Level.WARNING, "the engine stays locked in memory: " + e.getMessage());
        }
    }

    private static CramdiskException refused(KernelException e) {
        return new CramdiskException(
                ErrorKind.KERNEL_REFUSED, e, "keep the engine in memory", String.valueOf(e.getMessage()));
    }
}
