// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.awaitility.Awaitility.await;

import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the engine under a mounted filesystem: who writes waits, and nothing else happens. */
@InVirtualMachine
class EngineDeathIT {
    private static final int MEBIBYTES = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void aCopyOntoExt4GoesOnWhenTheEngineIsKilled() {
        killDuringCopies(1, false);
    }

    @Test
    void aCopyOntoExt4GoesOnWhenTheEngineIsKilledWhileItCompacts() {
        killDuringCopies(1, true);
    }

    @Test
    @Tag("soak")
    void aCopyOntoExt4GoesOnEachOfTenTimesThatTheEngineIsKilled() {
        killDuringCopies(10, false);
    }

    @Test
    @Tag("soak")
    void aCopyOntoExt4GoesOnEachOfTenTimesThatTheEngineIsKilledWhileItCompacts() {
        killDuringCopies(10, true);
    }

    /** Leaves every segment of the disk's memory half empty, which compaction begins to mend at once. */
    private static void makeSparse(MountedDisk disk, String source) {
        String ballast = disk.place() + "/ballast";
        User.run("cp", "--recursive", source, ballast).succeeded();
        User.shell("sync --file-system " + ballast + "; find " + ballast
                + " -type f | awk 'NR % 2' | tr '\\n' '\\0' | xargs -0 rm; sync --file-system " + ballast);
        Root.run("fstrim", disk.place()).succeeded();
    }

    private static void killDuringCopies(int times, boolean compacting) {
        String source = Source.tree(MEBIBYTES);
        try (MountedDisk disk = MountedDisk.create("ridden", "512M", "ext4")) {
            for (int i = 0; i < times; i++) {
                String copy = disk.place() + "/copy";
                User.run("rm", "--recursive", "--force", copy, disk.place() + "/ballast")
                        .succeeded();
                if (compacting) {
                    makeSparse(disk, source);
                }
                killDuringCopy(disk, source, copy, i);
                // Not from the page cache, but from the engine.
                Root.shell("sync; echo 3 >/proc/sys/vm/drop_caches");
                Root.run("diff", "--recursive", "--brief", source, copy).succeeded();
            }
            disk.assertNoErrorInKernelLog();
            disk.assertCleanAfterUnmount("e2fsck -fn");
        }
    }

    private static void killDuringCopy(MountedDisk disk, String source, String copy, int round) {
        try (StallMeter meter = disk.meter();
                Background copying = Background.copy(source, copy)) {
            await().atMost(PATIENCE)
                    .until(() -> Root.run("test", "-d", copy + "/usr").exitCode() == 0);
            long killed = System.nanoTime();
            User.killEngine();
            User.awaitEngine();
            double back = (System.nanoTime() - killed) / 1e9;
            copying.end(PATIENCE).succeeded();
            System.out.printf(
                    "kill %d: engine back after %.1f s, longest stall of a writer %.1f s%n",
                    round + 1, back, meter.longest().toMillis() / 1e3);
        }
    }
}
