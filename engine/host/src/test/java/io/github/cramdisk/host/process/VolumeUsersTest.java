// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeUsersTest {
    private static final String OWN_NAMESPACE = "mnt:[4026531841]";
    private static final String OTHER_NAMESPACE = "mnt:[4026532999]";

    @TempDir
    Path root = Path.of("");

    @BeforeEach
    void machine() throws IOException {
        write("proc/self/mountinfo", """
                21 1 8:1 / / rw - ext4 /dev/sda1 rw
                31 21 0:30 / /mnt/ram\\040disk rw - tmpfs tmpfs rw
                32 31 0:31 / /mnt/ram\\040disk/inner rw - tmpfs tmpfs rw
                """);
        link("proc/self/ns/mnt", OWN_NAMESPACE);
    }

    @Test
    void findsOpenFilesByTheirMountWhateverTheirPathLooksLike() throws IOException {
        process(100, "editor");
        open(100, 3, "/mnt/ram disk/file", 31);
        process(101, "other");
        open(101, 3, "/mnt/ram disk/file", 77);
        process(102, "gone");
        open(102, 5, "/mnt/ram disk/file (deleted)", 31);

        assertThat(users())
                .containsExactlyInAnyOrder(
                        new VolumeUser(100, "editor", "/mnt/ram disk/file"),
                        new VolumeUser(102, "gone", "/mnt/ram disk/file (deleted)"));
    }

    @Test
    void findsDirectoriesProgramsAndMappings() throws IOException {
        process(200, "shell");
        link("proc/200/cwd", "/mnt/ram disk");
        process(201, "program");
        link("proc/201/exe", "/mnt/ram disk/bin/program");
        process(202, "chrooted");
        link("proc/202/root", "/mnt/ram disk/root");
        process(203, "mapper");
        write("proc/203/maps", """
                55d0c0a00000-55d0c0a21000 r--p 00000000 08:01 1311 /usr/bin/mapper
                7f0000000000-7f0000001000 r--s 00000000 00:1e 2                          /mnt/ram disk/mapped
                7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0                          [stack]
                """);

        assertThat(users())
                .containsExactlyInAnyOrder(
                        new VolumeUser(200, "shell", "/mnt/ram disk"),
                        new VolumeUser(201, "program", "/mnt/ram disk/bin/program"),
                        new VolumeUser(202, "chrooted", "/mnt/ram disk/root"),
                        new VolumeUser(203, "mapper", "/mnt/ram disk/mapped"));
    }

    @Test
    void leavesOutWhatIsOnAMountBelowOrOnlySoundsAlike() throws IOException {
        process(300, "inner");
        link("proc/300/cwd", "/mnt/ram disk/inner/deep");
        process(301, "alike");
        link("proc/301/cwd", "/mnt/ram disk 2");

        assertThat(users()).isEmpty();
    }

    @Test
    void leavesOutDirectoriesOfAnotherMountNamespace() throws IOException {
        process(400, "container");
        Files.delete(root.resolve("proc/400/ns/mnt"));
        link("proc/400/ns/mnt", OTHER_NAMESPACE);
        link("proc/400/cwd", "/mnt/ram disk");

        assertThat(users()).isEmpty();
    }

    @Test
    void findsWhoHasADeviceOpen() throws IOException {
        process(500, "dd");
        open(500, 1, "/dev/zram3", 25);
        process(501, "cat");
        open(501, 1, "/dev/zram33", 25);

        assertThat(new VolumeUsers(root).ofDevice("/dev/zram3"))
                .containsExactly(new VolumeUser(500, "dd", "/dev/zram3"));
    }

    private List<VolumeUser> users() throws IOException {
        MountTable table = MountTable.read(root);
        MountEntry mount = table.at("/mnt/ram disk").orElseThrow();
        return new VolumeUsers(root).ofMount(mount, table);
    }

    private void process(int pid, String command) throws IOException {
        write("proc/" + pid + "/comm", command + "\n");
        link("proc/" + pid + "/ns/mnt", OWN_NAMESPACE);
        link("proc/" + pid + "/root", "/");
    }

    private void open(int pid, int descriptor, String path, long mountId) throws IOException {
        link("proc/" + pid + "/fd/" + descriptor, path);
        write("proc/" + pid + "/fdinfo/" + descriptor, "pos:\t0\nflags:\t0100000\nmnt_id:\t" + mountId + "\nino:\t2\n");
    }

    private void link(String path, String target) throws IOException {
        Path link = root.resolve(path);
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(target));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
