// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each filesystem on a disk: files stay what they are, and what is deleted gives its memory back. */
@InVirtualMachine
class FilesystemsIT {
    private static final int MEBIBYTES = 24;
    private static final long MEBI = 1 << 20;
    private static final int RANDOM_MEBIBYTES = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void ext4KeepsFilesOverARemountAndGivesMemoryBack() {
        keepsFilesAndGivesMemoryBack("ext4", "e2fsck -fn");
    }

    @Test
    void xfsKeepsFilesOverARemountAndGivesMemoryBack() {
        keepsFilesAndGivesMemoryBack("xfs", "xfs_repair -n");
    }

    @Test
    void btrfsKeepsFilesOverARemountAndGivesMemoryBack() {
        keepsFilesAndGivesMemoryBack("btrfs", "btrfs check --readonly");
    }

    private static void keepsFilesAndGivesMemoryBack(String filesystem, String checker) {
        String source = Source.tree(MEBIBYTES);
        try (MountedDisk disk = MountedDisk.create("on-" + filesystem, "768M", filesystem)) {
            String copy = disk.place() + "/copy";
            User.run("cp", "--recursive", source, copy).succeeded();
            disk.remount();
            User.run("diff", "--recursive", "--brief", source, copy).succeeded();

            long before = disk.number("residentBytes");
            String random = disk.place() + "/random";
            User.shell(
                    "head -c " + RANDOM_MEBIBYTES + "M /dev/urandom >" + random + " && sync --file-system " + random);
            long full = disk.number("residentBytes");
            assertThat(full - before)
                    .as("memory for %d MiB of noise", RANDOM_MEBIBYTES)
                    .isGreaterThan(RANDOM_MEBIBYTES * MEBI);
            User.shell("rm " + random + " && sync --file-system " + disk.place());
            Root.run("fstrim", disk.place()).succeeded();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(full - disk.number("residentBytes"))
                            .as("memory that came back")
                            .isGreaterThan(RANDOM_MEBIBYTES * MEBI * 9 / 10));

            disk.assertNoErrorInKernelLog();
            disk.assertCleanAfterUnmount(checker);
        }
    }
}
