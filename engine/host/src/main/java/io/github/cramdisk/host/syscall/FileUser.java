// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.util.Collection;
import java.util.List;

/**
 * Does calls on files with the rights of another user, as far as files go: setfsuid(2), setfsgid(2), setgroups(2). It
 * holds for the calling thread alone.
 *
 * <p>The groups of this process are laid down meanwhile, also where the user has none: what only root's groups may read
 * is not for others.
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
     * @param groups supplementary ones, in which gid may or may not be
     * @throws IllegalStateException when this process may not change its user or groups
     */
    public static <T> T run(long uid, long gid, Collection<Long> groups, Call<T> call) throws KernelException {
        if (uid == 0) {
            return call.run();
        }
        List<Long> oldGroups = ThreadGroups.get();
        ThreadGroups.set(groups);
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
            ThreadGroups.set(oldGroups);
        }
    }
}
