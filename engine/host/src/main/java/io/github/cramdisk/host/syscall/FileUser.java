// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

/**
 * Does calls on files with the rights of another user, as far as files go: setfsuid(2), setfsgid(2). Of its groups only
 * the primary one counts. It holds for the calling thread alone.
 */
public final class FileUser {
    /** A call on files. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws KernelException;
    }

    private FileUser() {}

    /**
     * Runs a call as a user. For user 0 it is run as it is.
     *
     * @throws IllegalStateException when this process may not change its user
     */
    public static <T> T run(long uid, long gid, Call<T> call) throws KernelException {
        if (uid == 0) {
            return call.run();
        }
        int oldGid = LibC.C.setfsgid((int) gid);
        int oldUid = LibC.C.setfsuid((int) uid);
        try {
            // The calls do not say whether they worked; what is set now is the answer of the next one.
            if (LibC.C.setfsuid((int) uid) != (int) uid || LibC.C.setfsgid((int) gid) != (int) gid) {
                throw new IllegalStateException("the rights of user " + uid + " cannot be taken on");
            }
            return call.run();
        } finally {
            LibC.C.setfsuid(oldUid);
            LibC.C.setfsgid(oldGid);
        }
    }
}
