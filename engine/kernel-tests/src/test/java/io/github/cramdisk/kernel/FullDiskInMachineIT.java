// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A full disk under a filesystem: who writes waits, and nothing else happens. */
@InVirtualMachine
class FullDiskInMachineIT {
    private static final String LIMIT = "40M";
    private static final String MORE = "160M";
    private static final int NOISE_MEBIBYTES = 56;
    private static final int BALLAST_MEBIBYTES = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void writersOnExt4GoOnWhenTheLimitIsRaised() {
        goesOnWhenTheLimitIsRaised(Duration.ofSeconds(5));
    }

    @Test
    @Tag("soak")
    void writersOnExt4GoOnWhenTheLimitIsRaisedAfterThreeMinutes() {
        goesOnWhenTheLimitIsRaised(Duration.ofMinutes(3));
    }

    private static void goesOnWhenTheLimitIsRaised(Duration waiting) {
        try (MountedDisk disk = MountedDisk.create("raised", "512M", "ext4", "--ram-limit", LIMIT)) {
            try (StallMeter meter = disk.meter();
                    Background writer = copyNoise(disk)) {
                awaitFull(disk);
                await().during(waiting)
                        .atMost(waiting.plus(PATIENCE))
                        .until(() -> writer.isAlive() && disk.isWaiting());
                assertThat(User.cramdisk("disk", "show", disk.name())
                                .succeeded()
                                .out())
                        .contains("cramdisk disk set " + disk.name() + " --ram-limit SIZE", "fstrim");
                User.cramdisk("disk", "set", disk.name(), "--ram-limit", MORE).succeeded();
                writer.end(PATIENCE).succeeded();
                System.out.printf(
                        "full for %d s, longest stall of a writer %.1f s%n",
                        waiting.toSeconds(), meter.longest().toMillis() / 1e3);
            }
            assertWhole(disk);
        }
    }

    @Test
    void writersOnExt4GoOnWhenFilesAreDeletedAndTrimmed() {
        try (MountedDisk disk = MountedDisk.create("trimmed", "512M", "ext4", "--ram-limit", "76M")) {
            Background ballast = Background.copy(Source.noise(BALLAST_MEBIBYTES), disk.place() + "/ballast");
            ballast.end(PATIENCE).succeeded();
            try (Background writer = copyNoise(disk)) {
                awaitFull(disk);
                User.run("rm", disk.place() + "/ballast").succeeded();
                Root.run("fstrim", disk.place()).succeeded();
                writer.end(PATIENCE).succeeded();
            }
            assertWhole(disk);
        }
    }

    @Test
    void oldDataNeverLandOnNewWhenTheConnectionOfAWaitingWriteIsTorn() {
        try (MountedDisk disk = MountedDisk.create("torn", "512M", "ext4", "--ram-limit", LIMIT)) {
            try (Background writer = copyNoise(disk)) {
                awaitFull(disk);
                Root.run(
                                "python3",
                                User.resource("tear.py"),
                                Long.toString(User.engine().pid()),
                                User.NBD_SOCKET)
                        .succeeded();
                // The kernel sends what waited again, on its new connection.
                awaitFull(disk);
                User.cramdisk("disk", "set", disk.name(), "--ram-limit", MORE).succeeded();
                writer.end(PATIENCE).succeeded();
            }
            assertWhole(disk);
        }
    }

    /** What was written is there; it can be written over; and nothing turned read-only or needs a check. */
    private static void assertWhole(MountedDisk disk) {
        String noise = Source.noise(NOISE_MEBIBYTES);
        Root.shell("echo 3 >/proc/sys/vm/drop_caches");
        Root.run("cmp", noise, disk.place() + "/noise").succeeded();
        User.shell("dd if=/bin/busybox of=" + disk.place() + "/noise bs=64K conv=notrunc,fsync status=none");
        Root.shell("echo 3 >/proc/sys/vm/drop_caches");
        Root.shell("cmp --bytes=$(stat --format %s /bin/busybox) /bin/busybox " + disk.place() + "/noise");
        assertThat(Root.shell("findmnt --noheadings --output OPTIONS " + disk.place()))
                .startsWith("rw,");
        disk.assertNoErrorInKernelLog();
        disk.assertCleanAfterUnmount("e2fsck -fn");
    }

    private static Background copyNoise(MountedDisk disk) {
        return Background.copy(Source.noise(NOISE_MEBIBYTES), disk.place() + "/noise");
    }

    private static void awaitFull(MountedDisk disk) {
        await().atMost(PATIENCE).until(disk::isWaiting);
    }
}
