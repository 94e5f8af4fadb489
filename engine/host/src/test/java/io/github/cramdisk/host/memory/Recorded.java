// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The recorded trees of /proc and /sys beside these tests. */
final class Recorded {
    /** 16 GB of memory, swap, a Cramdisk arena of 1 GiB, control groups of version 2 with a limit at user-1000.slice. */
    static final Path LAPTOP = tree("laptop");
    /** A container with its own control group namespace, memory.max and a lower memory.high. */
    static final Path CONTAINER = tree("container");
    /** Control groups of version 1, the path in /proc/self/cgroup being that of the host. */
    static final Path CGROUP_V1 = tree("cgroup-v1");

    static final Path ARENAS = Path.of("/dev/shm/cramdisk-1000");

    private Recorded() {}

    private static Path tree(String name) {
        URL url = Objects.requireNonNull(Recorded.class.getResource(name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
