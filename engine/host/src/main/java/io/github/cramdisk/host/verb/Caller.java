// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import java.util.Set;
import java.util.stream.LongStream;

/**
 * For whom a verb is done. Directories are looked up and made with the rights of this user, and what is mounted belongs
 * to it unless the specification says otherwise.
 *
 * @param uid 0 to 4,294,967,294
 * @param gid its primary group, in the same range
 * @param groups its supplementary groups, in the same range; the primary one may be among them
 */
public record Caller(long uid, long gid, Set<Long> groups) {
    public static final Caller ROOT = new Caller(0, 0);

    private static final long MOST = 0xFFFF_FFFEL;

    public Caller {
        groups = Set.copyOf(groups);
        LongStream ids =
                LongStream.concat(LongStream.of(uid, gid), groups.stream().mapToLong(group -> group));
        if (ids.anyMatch(id -> id < 0 || id > MOST)) {
            throw new IllegalArgumentException("no user or group: " + uid + ", " + gid + ", " + groups);
        }
    }

    /** A user without supplementary groups. */
    public Caller(long uid, long gid) {
        this(uid, gid, Set.of());
    }

    public boolean isRoot() {
        return uid == 0;
    }

    /** Whether the user may give files of its own to this group; see chown(2). */
    public boolean isIn(long group) {
        return group == gid || groups.contains(group);
    }
}
