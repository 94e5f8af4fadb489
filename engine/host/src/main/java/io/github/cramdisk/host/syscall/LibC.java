// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.charset.StandardCharsets;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import org.jspecify.annotations.Nullable;

/**
 * The C library. Texts are passed as UTF-8 bytes that end in a zero byte, so that the locale of the JVM does not matter.
 *
 * <p>The calls that the C library of an older system has no function for go through syscall(2). Their numbers are the
 * same on every architecture: since Linux 5.1 all tables of system calls are numbered alike.
 */
final class LibC {
    static final long OPEN_TREE = 428;
    static final long MOVE_MOUNT = 429;
    static final long FSOPEN = 430;
    static final long FSCONFIG = 431;
    static final long FSMOUNT = 432;
    static final long FSPICK = 433;
    static final long PIDFD_OPEN = 434;
    static final long OPENAT2 = 437;
    static final long PIDFD_GETFD = 438;
    static final long MOUNT_SETATTR = 442;
    static final long CACHESTAT = 451;

    /** The functions. Public because jnr-ffi implements it from another package. */
    public interface Functions {
        /** open_tree, fspick: directory, path, flags. */
        long syscall(long number, int directory, @In byte[] path, int flags);

        /** openat2: directory, path, how, size of how. cachestat: file, range, answer, flags. */
        long syscall(long number, int file, @In byte[] first, @In @Out byte[] second, long last);

        /** fsopen. */
        long syscall(long number, @In byte[] filesystem, int flags);

        /** fsconfig. */
        long syscall(
                long number, int context, int command, @In byte @Nullable [] key, @In byte @Nullable [] value, int aux);

        /** fsmount; pidfd_open: process, flags; pidfd_getfd: process, descriptor, flags. */
        long syscall(long number, int context, int flags, int attributes);

        /** move_mount. */
        long syscall(long number, int from, @In byte[] fromPath, int to, @In byte[] toPath, int flags);

        /** mount_setattr. */
        long syscall(long number, int directory, @In byte[] path, int flags, @In byte[] attributes, long bytes);

        /** getgroups, setgroups: number of groups, 4 bytes each. */
        long syscall(long number, int count, @In @Out byte[] groups);

        int openat(int directory, @In byte[] path, int flags, int mode);

        int close(int descriptor);

        long read(int descriptor, @Out byte[] buffer, long bytes);

        long write(int descriptor, @In byte[] buffer, long bytes);

        int mount(
                @In byte @Nullable [] source,
                @In byte[] target,
                @In byte @Nullable [] filesystem,
                long flags,
                @In byte @Nullable [] options);

        int umount2(@In byte[] target, int flags);

        int swapon(@In byte[] path, int flags);

        int swapoff(@In byte[] path);

        int fchownat(int directory, @In byte[] path, int uid, int gid, int flags);

        int chmod(@In byte[] path, int mode);

        int mkdirat(int directory, @In byte[] path, int mode);

        int unlinkat(int directory, @In byte[] path, int flags);

        int statx(int directory, @In byte[] path, int flags, int mask, @Out byte[] buffer);

        int statfs(@In byte[] path, @Out byte[] buffer);

        long readlink(@In byte[] path, @Out byte[] buffer, long bytes);

        int socket(int family, int type, int protocol);

        int bind(int socket, @In byte[] address, int bytes);

        int connect(int socket, @In byte[] address, int bytes);

        long send(int socket, @In byte[] message, long bytes, int flags);

        long recv(int socket, @Out byte[] buffer, long bytes, int flags);

        int setsockopt(int socket, int level, int option, @In byte[] value, int bytes);

        /** {@code bytes} is the length of the value, in and out. */
        int getsockopt(int socket, int level, int option, @Out byte[] value, @In @Out int[] bytes);

        int shutdown(int socket, int how);

        int prctl(int option, long first, long second, long third, long fourth);

        int mlockall(int flags);

        int munlockall();

        int prlimit(int process, int resource, @In byte @Nullable [] limit, @Out byte @Nullable [] old);

        int geteuid();

        /** Of the calling thread alone. Answers the one before. */
        int setfsuid(int uid);

        /** Of the calling thread alone. Answers the one before. */
        int setfsgid(int gid);

        String strerror(int error);
    }

    static final Functions C = LibraryLoader.create(Functions.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(C);

    private LibC() {}

    static int errno() {
        return RUNTIME.getLastError();
    }

    static byte[] text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text for the kernel with a zero byte in it");
        }
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** The failure of the call that was just made on this thread. */
    static KernelException failure(String call) {
        int errno = errno();
        return new KernelException(call, errno, C.strerror(errno));
    }
}
