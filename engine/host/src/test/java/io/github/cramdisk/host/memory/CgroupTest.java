// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
    @Test
    void findsTheLimitOfAnAncestorAndDoesNotCountInactiveFilePages() throws IOException {
        Cgroup group = Cgroup.ofThisProcess(Recorded.LAPTOP).orElseThrow();

        assertThat(group.headroom()).contains(new Cgroup.Headroom(2_000_000_000L, 800_000_000L));
    }

    @Test
    void respectsMemoryHighWhereItIsLower() throws IOException {
        Cgroup group = Cgroup.ofThisProcess(Recorded.CONTAINER).orElseThrow();

        assertThat(group.headroom()).contains(new Cgroup.Headroom(402653184L, 402653184L - 268435456));
    }

    @Test
    void readsVersionOneWhereTheMountIsTheGroupItself() throws IOException {
        Cgroup group = Cgroup.ofThisProcess(Recorded.CGROUP_V1).orElseThrow();

        assertThat(group.headroom()).contains(new Cgroup.Headroom(1073741824L, 1073741824L - (805306368L - 136757248)));
    }

    @Test
    void takesTheRoundedLongMaxOfVersionOneAsNoLimit(@TempDir Path root) throws IOException {
        write(root, "proc/self/cgroup", "4:memory:/\n");
        write(root, "proc/self/mountinfo", "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
        write(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write(root, "sys/fs/cgroup/memory/memory.usage_in_bytes", "1000\n");

        assertThat(Cgroup.ofThisProcess(root).orElseThrow().headroom()).isEmpty();
    }

    @Test
    void leavesAPathThatClimbsOutOfTheHierarchyAlone(@TempDir Path root) throws IOException {
        write(root, "proc/self/cgroup", "0::/../../escaped\n");
        write(root, "proc/self/mountinfo", "26 23 0:24 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        write(root, "sys/fs/cgroup/memory.max", "1000\n");
        write(root, "sys/fs/cgroup/memory.current", "400\n");
        write(root, "sys/fs/cgroup/memory.stat", "anon 400\n");
        write(root, "sys/escaped/memory.current", "0\n");

        assertThat(Cgroup.ofThisProcess(root).orElseThrow().headroom())
                .isEqualTo(Optional.of(new Cgroup.Headroom(1000, 600)));
    }

    @Test
    void isEmptyWithoutAMemoryController(@TempDir Path root) throws IOException {
        write(root, "proc/self/cgroup", "1:cpu:/\n0::/\n");
        write(root, "proc/self/mountinfo", "28 1 254:1 / / rw - ext4 /dev/vda1 rw\n");

        assertThat(Cgroup.ofThisProcess(root)).isEmpty();
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
