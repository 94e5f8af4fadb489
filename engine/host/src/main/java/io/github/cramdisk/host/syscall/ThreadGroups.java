// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The supplementary groups of the calling thread. The functions of the C library change those of all threads; the system
 * calls themselves change one, as setfsuid(2) does.
 */
final class ThreadGroups {
    /** NGROUPS_MAX of the kernel's limits.h. */
    private static final int MOST = 65_536;

    /** These calls are older than the common table, so that their numbers differ. */
    private record Numbers(long getgroups, long setgroups) {}

    /** Of include/uapi/asm-generic/unistd.h, which newer architectures share. */
    private static final Numbers GENERIC = new Numbers(158, 159);

    /** By os.arch; the 32-bit ones are those with 32-bit groups. */
    private static final Map<String, Numbers> ELSEWHERE = Map.of(
            "amd64", new Numbers(115, 116),
            "x86_64", new Numbers(115, 116),
            "i386", new Numbers(205, 206),
            "x86", new Numbers(205, 206),
            "arm", new Numbers(205, 206),
            "ppc64le", new Numbers(80, 81),
            "ppc64", new Numbers(80, 81),
            "s390x", new Numbers(205, 206));

    private static final Numbers HERE = ELSEWHERE.getOrDefault(System.getProperty("os.arch", ""), GENERIC);

    private ThreadGroups() {}

    static List<Long> get() throws KernelException {
        // The number of groups may change between two calls only by this thread itself.
        int count = (int) LibC.C.syscall(HERE.getgroups, 0, new byte[0]);
        if (count < 0) {
            throw LibC.failure("getgroups");
        }
        byte[] groups = new byte[count * Integer.BYTES];
        if (count > 0 && LibC.C.syscall(HERE.getgroups, count, groups) != count) {
            throw LibC.failure("getgroups");
        }
        ByteBuffer buffer = ByteBuffer.wrap(groups).order(ByteOrder.nativeOrder());
        List<Long> list = new ArrayList<>(count);
        while (buffer.hasRemaining()) {
            list.add(Integer.toUnsignedLong(buffer.getInt()));
        }
        return list;
    }

    /** @throws IllegalStateException when this process may not, or there are too many */
    static void set(Collection<Long> groups) {
        if (groups.size() > MOST) {
            throw new IllegalStateException("a user with " + groups.size() + " groups");
        }
        ByteBuffer buffer = ByteBuffer.allocate(groups.size() * Integer.BYTES).order(ByteOrder.nativeOrder());
        groups.forEach(group -> buffer.putInt(group.intValue()));
        if (LibC.C.syscall(HERE.setgroups, groups.size(), buffer.array()) != 0) {
            throw new IllegalStateException(
                    "the groups cannot be changed (" + LibC.failure("setgroups").reason() + ")");
        }
    }
}
