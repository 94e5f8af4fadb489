// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.ProcessCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What needs no rights; that the limits are raised is for the tests in the virtual machine. */
class SwapShieldTest {
    private final SwapShield shield = new SwapShield(false);

    @Test
    void theEngineStaysLockedUntilTheLastDiskIsSwapNoMore() throws IOException, KernelException {
        Object limit = ProcessCalls.lockLimit(ProcessHandle.current().pid());
        String score = Files.readString(Path.of("/proc/self/oom_score_adj"));
        shield.prepare("a");
        shield.prepare("b");
        try {
            shield.raise();
        } catch (CramdiskException e) {
            System.out.println("SKIPPED: this user may not lock so much memory: " + e.getMessage());
            Assumptions.abort(e.getMessage());
        }
        assertThat(lockedKibibytes()).isPositive();
        shield.end("a");
        shield.end("none");
        assertThat(lockedKibibytes()).isPositive();
        shield.end("b");
        assertThat(lockedKibibytes()).isZero();
        assertThat(ProcessCalls.lockLimit(ProcessHandle.current().pid())).isEqualTo(limit);
        assertThat(Path.of("/proc/self/oom_score_adj")).hasContent(score);
    }

    private static long lockedKibibytes() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("VmLck:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
