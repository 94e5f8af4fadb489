// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

/**
 * For whom a verb is done. Directories are made with the rights of this user, and what is mounted belongs to it unless
 * the specification says otherwise.
 *
 * @param uid 0 to 4,294,967,294
 * @param gid its primary group, in the same range
 */
public record Caller(long uid, long gid) {
    public static final Caller ROOT = new Caller(0, 0);

    private static final long MOST = 0xFFFF_FFFEL;

    public Caller {
        if (uid < 0 || uid > MOST || gid < 0 || gid > MOST) {
            throw new IllegalArgumentException("no user or group: " + uid + ", " + gid);
        }
    }

    public boolean isRoot() {
        return uid == 0;
    }
}
