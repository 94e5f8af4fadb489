// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.kernel.vm.InVirtualMachine;
import org.junit.jupiter.api.Test;

/** Another size for a disk in use, through to its filesystem; what cannot be done says why. */
@InVirtualMachine
class ResizeIT {
    private static final long MEBI = 1 << 20;
    private static final int MEBIBYTES = 24;

    @Test
    void ext4GrowsWhileWrittenAndShrinksUnmounted() {
        try (MountedDisk disk = MountedDisk.create("size-ext4", "320M", "ext4")) {
            String source = copyTo(disk);
            growsWhileWritten(disk);
            refuses(disk, "256M", "ext4 shrinks only while it is not mounted");

            disk.detach();
            User.cramdisk("disk", "attach", disk.name()).succeeded();
            User.cramdisk("disk", "resize", disk.name(), "256M").succeeded();
            disk.mount();
            assertThat(disk.number("sizeBytes")).isEqualTo(256 * MEBI);
            assertThat(sizeBytes(disk)).isLessThan(256 * MEBI);
            assertWhole(disk, source, "e2fsck -fn");
        }
    }

    @Test
    void xfsGrowsWhileWrittenAndNeverShrinks() {
        try (MountedDisk disk = MountedDisk.create("size-xfs", "320M", "xfs")) {
            String source = copyTo(disk);
            growsWhileWritten(disk);
            refuses(disk, "320M", "xfs cannot be made smaller");
            assertWhole(disk, source, "xfs_repair -n");
        }
    }

    @Test
    void btrfsGrowsAndShrinksWhileWritten() {
        try (MountedDisk disk = MountedDisk.create("size-btrfs", "320M", "btrfs")) {
            String source = copyTo(disk);
            growsWhileWritten(disk);
            try (StallMeter meter = disk.meter()) {
                User.cramdisk("disk", "resize", disk.name(), "384M").succeeded();
                assertThat(sizeBytes(disk)).isEqualTo(384 * MEBI);
                assertThat(meter.longest()).isPositive();
            }
            assertWhole(disk, source, "btrfs check --readonly");
        }
    }

    private static String copyTo(MountedDisk disk) {
        String source = Source.tree(MEBIBYTES);
        User.run("cp", "--recursive", source, disk.place() + "/copy").succeeded();
        return source;
    }

    private static void growsWhileWritten(MountedDisk disk) {
        long before = sizeBytes(disk);
        try (StallMeter meter = disk.meter()) {
            User.cramdisk("disk", "resize", disk.name(), "512M").succeeded();
            assertThat(sizeBytes(disk)).isGreaterThan(before + 150 * MEBI);
            System.out.printf(
                    "%s: longest stall of a writer while it grew %.1f s%n",
                    disk.name(), meter.longest().toMillis() / 1e3);
        }
        assertThat(disk.number("sizeBytes")).isEqualTo(512 * MEBI);
    }

    private static void refuses(MountedDisk disk, String size, String why) {
        long before = sizeBytes(disk);
        assertThat(User.cramdisk("disk", "resize", disk.name(), size).ended(1).err())
                .contains(why);
        assertThat(sizeBytes(disk)).isEqualTo(before);
        assertThat(disk.number("sizeBytes")).isEqualTo(512 * MEBI);
    }

    private static void assertWhole(MountedDisk disk, String source, String checker) {
        Root.shell("echo 3 >/proc/sys/vm/drop_caches");
        Root.run("diff", "--recursive", "--brief", source, disk.place() + "/copy")
                .succeeded();
        disk.assertNoErrorInKernelLog();
        disk.assertCleanAfterUnmount(checker);
    }

    /** As the filesystem tells it. */
    private static long sizeBytes(MountedDisk disk) {
        return Long.parseLong(Root.shell("df --block-size=1 --output=size " + disk.place() + " | tail -n 1")
                .strip());
    }
}
