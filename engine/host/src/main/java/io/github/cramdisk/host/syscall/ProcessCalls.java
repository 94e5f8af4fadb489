// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Calls on processes: their descriptors, and what lets one go on when memory is short. */
public final class ProcessCalls {
    private static final int PR_SET_IO_FLUSHER = 57;
    private static final int RLIMIT_MEMLOCK = 8;
    private static final long UNLIMITED = -1;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    /** Pages are locked when they are there; without it all holes of the arena would be filled. Since Linux 4.4. */
    private static final int MCL_ONFAULT = 4;

    private ProcessCalls() {}

    /** A descriptor that stands for a process and never for a later one of the same number; Linux 5.3. */
    public static Descriptor open(long pid) throws KernelException {
        return opened(LibC.C.syscall(LibC.PIDFD_OPEN, Math.toIntExact(pid), 0, 0), "pidfd_open");
    }

    /** A duplicate of a descriptor of another process; Linux 5.6. Needs the right to trace that process. */
    public static Descriptor descriptorOf(Descriptor process, int number) throws KernelException {
        return opened(LibC.C.syscall(LibC.PIDFD_GETFD, process.number(), number, 0), "pidfd_getfd");
    }

    /** Marks this process as one that other writes wait for: its own allocations never wait for those. Needs root. */
    public static void becomeIoFlusher() throws KernelException {
        if (LibC.C.prctl(PR_SET_IO_FLUSHER, 1, 0, 0, 0) != 0) {
            throw LibC.failure("prctl");
        }
    }

    /** Keeps in memory what this process has there now and later. */
    public static void lockMemory() throws KernelException {
        if (LibC.C.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
            throw LibC.failure("mlockall");
        }
    }

    /** Lets a process lock any amount of memory; needs root. */
    public static void allowLocking(long pid) throws KernelException {
        byte[] limit = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(UNLIMITED)
                .putLong(UNLIMITED)
                .array();
        if (LibC.C.prlimit(Math.toIntExact(pid), RLIMIT_MEMLOCK, limit, null) != 0) {
            throw LibC.failure("prlimit");
        }
    }

    private static Descriptor opened(long number, String call) throws KernelException {
        if (number < 0) {
            throw LibC.failure(call);
        }
        return new Descriptor(number);
    }
}
