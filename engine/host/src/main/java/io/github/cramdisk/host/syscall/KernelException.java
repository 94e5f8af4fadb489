// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.io.IOException;

/** A system call that failed: its name, the number of the error, and what the kernel says about it. */
public final class KernelException extends IOException {
    private final int errno;
    private final String reason;

    /** A failure that this machine reported in another way than by the result of a call. */
    public static KernelException of(String call, int errno) {
        return new KernelException(call, errno, LibC.C.strerror(errno));
    }

    public KernelException(String call, int errno, String reason) {
        super(call + ": " + reason);
        this.errno = errno;
        this.reason = reason;
    }

    /** One of {@link Errno}, or another number of errno(3). */
    public int errno() {
        return errno;
    }

    /** The kernel's own message where it gave one, else the text of the number. */
    public String reason() {
        return reason;
    }
}
