// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

/** Calls on processes: their descriptors, and what lets one go on when memory is short. */
public final class ProcessCalls {
    private static final int PR_SET_IO_FLUSHER = 57;
    private static final int RLIMIT_MEMLOCK = 8;
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

    /**
     * Marks the calling thread, and those that are made from it, as ones that other writes wait for: their own allocations
     * never wait for those. Needs CAP_SYS_RESOURCE; Linux 5.6.
     */
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

    /** Undoes {@link #lockMemory}. */
    public static void unlockMemory() throws KernelException {
        if (LibC.C.munlockall() != 0) {
            throw LibC.failure("munlockall");
        }
    }

    /** How much memory a process may lock. */
    public static LockLimit lockLimit(long pid) throws KernelException {
        byte[] limit = new byte[LockLimit.BYTES];
        if (LibC.C.prlimit(Math.toIntExact(pid), RLIMIT_MEMLOCK, null, limit) != 0) {
            throw LibC.failure("prlimit");
        }
        return LockLimit.read(limit);
    }

    /** A process may lower its own; all else needs root. */
    public static void limitLocking(long pid, LockLimit limit) throws KernelException {
        if (LibC.C.prlimit(Math.toIntExact(pid), RLIMIT_MEMLOCK, limit.bytes(), null) != 0) {
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
