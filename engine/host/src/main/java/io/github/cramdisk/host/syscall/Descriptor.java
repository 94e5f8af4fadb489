// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

/**
 * A file descriptor of this process, closed once. Descriptors of directories and mounts are opened with O_PATH: they
 * name an object, whatever happens to its path, and need no permission on it.
 */
public final class Descriptor implements AutoCloseable {
    private int number;

    Descriptor(long number) {
        this.number = Math.toIntExact(number);
    }

    /**
     * The number of the descriptor.
     *
     * @throws IllegalStateException when it is closed
     */
    public int number() {
        if (number < 0) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return number;
    }

    /** A path that leads to the object itself, not to what its name means now; see proc_pid_fd(5). */
    public String procPath() {
        return "/proc/self/fd/" + number();
    }

    @Override
    public void close() {
        if (number >= 0) {
            LibC.C.close(number);
            number = -1;
        }
    }
}
