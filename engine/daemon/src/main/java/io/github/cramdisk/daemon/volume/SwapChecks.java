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
            findings.add(new Finding(
                    "zswap-beside-zram",
                    Severity.WARNING,
                    "zswap is on, and there is swap on zram behind it.",
                    "Pages are compressed twice: zswap takes what was meant for zram, and zram tells a wrong ratio.",
                    "Turn zswap off, and keep it off with zswap.enabled=0 on the kernel's command line.",
                    "echo N > /sys/module/zswap/parameters/enabled"));
        }
    }

    private void swappiness(List<Finding> findings) {
        OptionalLong swappiness = settings.number("proc/sys/vm/swappiness");
        if (swappiness.isPresent() && swappiness.getAsLong() < EVEN_SWAPPINESS) {
            findings.add(new Finding(
                    "swappiness-low-for-zram",
                    Severity.HINT,
                    "vm.swappiness is " + swappiness.getAsLong() + ", a value for swap on a disk.",
                    "Swap on zram is faster than reading a file again, but the kernel now drops files first.",
                    "Set it to " + EVEN_SWAPPINESS + " to 200, and keep it in /etc/sysctl.d.",
                    "sysctl vm.swappiness=" + ADVISED_SWAPPINESS));
        }
    }

    private void pageCluster(List<Finding> findings) {
        OptionalLong cluster = settings.number("proc/sys/vm/page-cluster");
        if (cluster.isPresent() && cluster.getAsLong() > ADVISED_PAGE_CLUSTER) {
            findings.add(new Finding(
                    "page-cluster-for-zram",
                    Severity.HINT,
                    "vm.page-cluster is " + cluster.getAsLong() + ": the kernel reads " + (1L << cluster.getAsLong())
                            + " pages of swap at once.",
                    "That pays on a disk; on zram it decompresses pages that nobody asked for.",
                    "Set it to 0, and keep it in /etc/sysctl.d.",
                    "sysctl vm.page-cluster=" + ADVISED_PAGE_CLUSTER));
        }
    }

    private static void priorities(List<SwapArea> onZram, List<SwapArea> onDisk, List<Finding> findings) {
        for (SwapArea zram : onZram) {
            for (SwapArea disk : onDisk) {
                if (disk.priority() >= zram.priority()) {
                    findings.add(new Finding(
                            "zram-after-disk",
                            Severity.WARNING,
                            "The swap " + disk.path() + " (priority " + disk.priority() + ") is used before "
                                    + zram.path() + " (priority " + zram.priority() + ").",
                            "Slow swap fills first, and zram is idle until it is full.",
                            "Give zram the higher priority: remove it and create it with --priority.",
                            "cramdisk zram create --size "
                                    + new ByteSize(zram.sizeBytes()).formatExact() + " --swap --priority "
                                    + Math.min(Math.max(disk.priority(), 0) + EVEN_SWAPPINESS, 32767)));
                }
            }
        }
    }

    private static void nbd(List<SwapArea> onDisk, List<Finding> findings) {
        for (SwapArea area : onDisk) {
            if (area.path().startsWith(NBD)) {
                findings.add(new Finding(
                        "swap-on-nbd",
                        Severity.PROBLEM,
                        "The swap " + area.path() + " is served by a process over the network block device.",
                        "When memory is short the kernel waits for that process, and that process for memory:"
                                + " the machine stands still.",
                        "Take it out of swap, and use zram instead.",
                        "swapoff " + area.path()));
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
            findings.add(new Finding(
                    "hibernation-without-disk-swap",
                    Severity.HINT,
                    "All swap is on zram, but this machine can hibernate.",
                    "The image cannot be written to zram: hibernation fails, and what is in memory stays there.",
                    "Add swap on a disk with a lower priority if you hibernate.",
                    null));
        } else if (there < needed) {
            findings.add(new Finding(
                    "hibernation-too-large",
                    Severity.HINT,
                    "Memory in use is " + new ByteSize(needed).format() + ", free swap on disk "
                            + new ByteSize(Math.max(0, there)).format() + ".",
                    "What is in volumes belongs to the image of a hibernation, which then may not fit.",
                    "Empty or unmount large volumes before you hibernate, or enlarge the swap.",
                    null));
        }
    }
}
