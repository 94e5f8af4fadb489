// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.kernel.vm.Hypervisor;
import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What stops something half-way leaves a clear state, from which the next command goes on. */
@InVirtualMachine(withoutKvm = Hypervisor.UML)
class InterruptedIT {
    private static final String HELPER_CLASS = "io.github.cramdisk.helper.Main";
    private static final int MEBIBYTES = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration AT_ONCE = Duration.ofMillis(10);
    private static final File ATTACHMENTS = new File("/run/cramdisk/attachments");
    /** There while the kernel has the device. */
    private static final Path DEVICE = Path.of("/sys/block/nbd0/backend");

    @Test
    void anAttachWhoseHelperIsKilledBetweenTwoStepsIsDoneOrTakenBackAndCanBeRepeated() throws Exception {
        String place = User.HOME + "/cut";
        User.cramdisk("disk", "create", "cut", "--size", "256M").succeeded();
        CompletableFuture<Shell.Result> attach =
                CompletableFuture.supplyAsync(() -> User.cramdisk(attachCommand("cut", place)));
        awaitDevice();
        ProcessHandle helper = Machine.process(HELPER_CLASS).orElseThrow();
        helper.destroyForcibly();
        Shell.Result cut = attach.get();
        System.out.println("helper killed during the attach: " + cut);
        if (cut.exitCode() == 0) {
            // The next step started the next helper.
            User.run("touch", place + "/file").succeeded();
        } else {
            assertThat(cut.err()).containsIgnoringCase("helper");
            assertDetached("cut");
        }

        User.cramdisk(attachCommand("cut", place)).succeeded();
        User.run("touch", place + "/file").succeeded();
        removeAttached("cut");
    }

    @Test
    void anAttachThatIsCancelledIsTakenBackAndCanBeRepeated() {
        String place = User.HOME + "/cancelled";
        User.cramdisk("disk", "create", "cancelled", "--size", "256M").succeeded();
        try (Background attach = User.launch(attachCommand("cancelled", place))) {
            awaitDevice();
            attach.interrupt();
            assertThat(attach.end(PATIENCE).exitCode()).isNotZero();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertDetached("cancelled"));

        User.cramdisk(attachCommand("cancelled", place)).succeeded();
        User.run("touch", place + "/file").succeeded();
        removeAttached("cancelled");
    }

    @Test
    void anAttachedDiskOfAStoppedEngineWaitsForTheNextCommand() {
        try (MountedDisk disk = MountedDisk.create("stopped", "256M", "ext4")) {
            assertThat(User.cramdisk("engine", "stop").succeeded().err()).contains("Warning: attached", "stopped");
            try (Background writer = Background.copy(Source.tree(MEBIBYTES), disk.place() + "/copy")) {
                await().during(Duration.ofSeconds(2)).until(writer::isAlive);
                JsonNode attachment = User.json("disk", "show", disk.name()).get("attachment");
                assertThat(attachment.get("target").asText()).isEqualTo(disk.place());
                writer.end(PATIENCE).succeeded();
            }
            disk.assertNoErrorInKernelLog();
            disk.assertCleanAfterUnmount("e2fsck -fn");
        }
    }

    @Test
    void aPlannedRestartIsNoErrorForWhoWrites() {
        try (MountedDisk disk = MountedDisk.create("restarted", "256M", "ext4")) {
            try (StallMeter meter = disk.meter();
                    Background writer = Background.copy(Source.tree(MEBIBYTES), disk.place() + "/copy")) {
                await().atMost(PATIENCE).until(() -> new File(disk.place(), "copy/usr").exists());
                long pid = User.engine().pid();
                long start = System.nanoTime();
                assertThat(User.json("engine", "restart").get("pid").asLong()).isNotEqualTo(pid);
                double restart = (System.nanoTime() - start) / 1e9;
                writer.end(PATIENCE).succeeded();
                System.out.printf(
                        "planned restart: the command took %.1f s, longest stall of a writer %.1f s%n",
                        restart, meter.longest().toMillis() / 1e3);
            }
            disk.remount();
            Root.run("diff", "--recursive", "--brief", Source.tree(MEBIBYTES), disk.place() + "/copy")
                    .succeeded();
            disk.assertNoErrorInKernelLog();
            disk.assertCleanAfterUnmount("e2fsck -fn");
        }
    }

    private static String[] attachCommand(String name, String place) {
        return new String[] {"disk", "attach", name, "--mount", place, "--mkdir", "--fs", "ext4"};
    }

    /** Until the kernel has the device: making and mounting the filesystem is still to come. */
    private static void awaitDevice() {
        await().pollInterval(AT_ONCE).atMost(PATIENCE).until(() -> Files.exists(DEVICE));
    }

    private static void assertDetached(String name) {
        assertThat(User.json("disk", "show", name).get("attachment").isNull()).isTrue();
        assertThat(ATTACHMENTS.list()).isNullOrEmpty();
        assertThat(DEVICE).doesNotExist();
    }

    private static void removeAttached(String name) {
        User.cramdisk("disk", "detach", name).succeeded();
        User.cramdisk("disk", "remove", name, "--force").succeeded();
    }
}
