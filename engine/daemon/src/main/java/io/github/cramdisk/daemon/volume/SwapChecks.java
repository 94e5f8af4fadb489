// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.Finding.Severity;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.swap.Zswap;
import io.github.cramdisk.host.zram.ZramDevices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What is wrong with swap, compressed or not. */
final class SwapChecks {
    /** From here on the kernel prefers swapping to dropping files, which is right where swap is memory. */
    private static final int EVEN_SWAPPINESS = 100;

    private static final int ADVISED_SWAPPINESS = 150;
    /** Eight pages are read at once by default: good for a disk, wasted work on zram. */
    private static final int ADVISED_PAGE_CLUSTER = 0;

    private static final String NBD = "/dev/nbd";

    private final Settings settings;

    SwapChecks(Path root) {
        this.settings = new Settings(root);
    }

    List<Finding> examine(Machine machine) {
        List<SwapArea> onZram = machine.swaps().stream()
                .filter(area -> ZramDevices.indexOf(area.path()).isPresent())
                .toList();
        List<SwapArea> onDisk =
                machine.swaps().stream().filter(area -> !onZram.contains(area)).toList();
        List<Finding> findings = new ArrayList<>();
        if (!onZram.isEmpty()) {
            zswap(machine, findings);
            swappiness(findings);
            pageCluster(findings);
            priorities(onZram, onDisk, findings);
        }
        nbd(onDisk, findings);
        hibernation(machine, onZram, onDisk, findings);
        return findings;
    }

    private static void zswap(Machine machine, List<Finding> findings) {
        if (machine.zswap().filter(Zswap::enabled).isPresent()) {
            findings.add(
                    Finding.of("zswap-beside-zram", Severity.WARNING, "echo N > /sys/module/zswap/parameters/enabled"));
        }
    }

    private void swappiness(List<Finding> findings) {
        OptionalLong swappiness = settings.number("proc/sys/vm/swappiness");
        if (swappiness.isPresent() && swappiness.getAsLong() < EVEN_SWAPPINESS) {
            findings.add(Finding.of(
                    "swappiness-low-for-zram",
                    Severity.HINT,
                    "sysctl vm.swappiness=" + ADVISED_SWAPPINESS,
                    swappiness.getAsLong(),
                    EVEN_SWAPPINESS));
        }
    }

    private void pageCluster(List<Finding> findings) {
        OptionalLong cluster = settings.number("proc/sys/vm/page-cluster");
        if (cluster.isPresent() && cluster.getAsLong() > ADVISED_PAGE_CLUSTER) {
            findings.add(Finding.of(
                    "page-cluster-for-zram",
                    Severity.HINT,
                    "sysctl vm.page-cluster=" + ADVISED_PAGE_CLUSTER,
                    cluster.getAsLong(),
                    1L << cluster.getAsLong()));
        }
    }

    private static void priorities(List<SwapArea> onZram, List<SwapArea> onDisk, List<Finding> findings) {
        for (SwapArea zram : onZram) {
            for (SwapArea disk : onDisk) {
                if (disk.priority() >= zram.priority()) {
                    findings.add(Finding.of(
                            "zram-after-disk",
                            Severity.WARNING,
                            "cramdisk zram create --size "
                                    + new ByteSize(zram.sizeBytes()).formatExact() + " --swap --priority "
                                    + Math.min(Math.max(disk.priority(), 0) + EVEN_SWAPPINESS, 32767),
                            disk.path(),
                            disk.priority(),
                            zram.path(),
                            zram.priority()));
                }
            }
        }
    }

    private static void nbd(List<SwapArea> onDisk, List<Finding> findings) {
        for (SwapArea area : onDisk) {
            if (area.path().startsWith(NBD)) {
                findings.add(Finding.of("swap-on-nbd", Severity.PROBLEM, "swapoff " + area.path(), area.path()));
            }
        }
    }

    private void hibernation(Machine machine, List<SwapArea> onZram, List<SwapArea> onDisk, List<Finding> findings) {
        boolean offered = settings.text("sys/power/state").contains("disk")
                && !settings.text("sys/power/disk").contains("[disabled]");
        if (!offered || machine.swaps().isEmpty()) {
            return;
        }
        long needed = machine.memory().totalBytes() - machine.memory().availableBytes();
        long there = onDisk.stream()
                .mapToLong(area -> area.sizeBytes() - area.usedBytes())
                .sum();
        if (onDisk.isEmpty() && !onZram.isEmpty()) {
            findings.add(Finding.of("hibernation-without-disk-swap", Severity.HINT, null));
        } else if (there < needed) {
            findings.add(Finding.of(
                    "hibernation-too-large",
                    Severity.HINT,
                    null,
                    new ByteSize(needed).format(),
                    new ByteSize(Math.max(0, there)).format()));
        }
    }
}
