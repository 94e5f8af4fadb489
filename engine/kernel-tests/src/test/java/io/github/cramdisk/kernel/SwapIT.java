// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.kernel.vm.Hypervisor;
import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Swap on a disk: memory pushed out and back, through a death of the engine too, and an engine that cannot fall for it. */
@InVirtualMachine(withoutKvm = Hypervisor.UML)
class SwapIT {
    private static final String NAME = "swapped";
    private static final long MEBI = 1 << 20;
    /** No hang: all of it, also the gibibyte, takes less. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void memoryIsPushedOutToADiskAndBackAlsoWhenTheEngineDies() {
        User.startEngine();
        String scoreBefore = ofEngine("oom_score_adj");
        assertThat(lockedKibibytes()).isZero();
        attach("256M");
        try (Background program = underPressure(160, 64)) {
            assertShielded();
            awaitUsed(64 * MEBI, program);
            User.killEngine();
            User.awaitEngine();
            assertThat(program.end(PATIENCE).succeeded().out()).contains("all is as it was");
        }
        assertShielded();
        detach();
        assertThat(ofEngine("oom_score_adj")).isEqualTo(scoreBefore);
        assertThat(lockedKibibytes()).isZero();
    }

    @Test
    @Tag("soak")
    void aGibibyteIsPushedOutAndBack() {
        attach("1536M");
        long start = System.nanoTime();
        try (Background program = underPressure(1200, 128)) {
            awaitUsed(1024 * MEBI, program);
            double out = (System.nanoTime() - start) / 1e9;
            String said = program.end(PATIENCE).succeeded().out();
            assertThat(said).contains("all is as it was");
            System.out.printf(
                    "1 GiB pushed out after %.0f s, back and right after %.0f s; %s%n",
                    out, (System.nanoTime() - start) / 1e9, said.replace('\n', ' '));
        }
        detach();
    }

    private static void attach(String size) {
        User.cramdisk("disk", "create", NAME, "--size", size).succeeded();
        assertThat(User.cramdisk("disk", "attach", NAME, "--swap", "--priority", "9")
                        .succeeded()
                        .err())
                .contains("zram is better");
    }

    private static void detach() {
        User.cramdisk("disk", "detach", NAME).succeeded();
        User.cramdisk("disk", "remove", NAME, "--force").succeeded();
        assertThat(Root.shell("cat /proc/swaps")).doesNotContain("nbd");
        assertThat(Root.kernelLog()).doesNotContain("I/O error on swap", "Read-error on swap", "Write-error on swap");
    }

    /** A program of the user that wants more memory than it may have. */
    private static Background underPressure(int wantsMebibytes, int mayMebibytes) {
        return Background.ofRoot(
                "choom",
                "--adjust",
                "500",
                "--",
                "systemd-run",
                "--scope",
                "--quiet",
                "--uid=cdtest",
                "--property=MemoryMax=" + mayMebibytes + "M",
                "python3",
                User.resource("pressure.py"),
                Integer.toString(wantsMebibytes));
    }

    private static void awaitUsed(long bytes, Background program) {
        await().atMost(PATIENCE)
                .failFast("the program ended before", () -> !program.isAlive())
                .until(() -> usedBytes() > bytes);
    }

    /** What lies in the swap on the disk. */
    private static long usedBytes() {
        return 1024 * Long.parseLong(Root.shell("awk '/^.dev.nbd/ { used += $4 } END { print used + 0 }' /proc/swaps"));
    }

    private static void assertShielded() {
        assertThat(ofEngine("oom_score_adj")).isEqualTo("-1000");
        assertThat(lockedKibibytes()).isPositive();
    }

    private static String ofEngine(String file) {
        return Root.shell("cat /proc/" + User.engine().pid() + "/" + file);
    }

    private static long lockedKibibytes() {
        return Long.parseLong(
                Root.shell("awk '/^VmLck:/ { print $2 }' /proc/" + User.engine().pid() + "/status"));
    }
}
