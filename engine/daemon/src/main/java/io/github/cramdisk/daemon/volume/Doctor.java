// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.VolumeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All checks of the machine, put together. Thread-safe, without state. */
final class Doctor {
    private final SwapChecks swap;
    private final VolumeChecks volumes;
    private final MachineChecks machineChecks;

    Doctor(VolumeHouse house, Ownership ownership) {
        this.swap = new SwapChecks(house.root());
        this.volumes = new VolumeChecks(house, ownership);
        this.machineChecks = new MachineChecks(house);
    }

    /** The worst first. */
    List<Finding> examine(Machine machine, List<VolumeInfo> list, List<DiskInfo> disks, KernelSupport kernel) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(volumes.examine(machine, list, disks));
        findings.addAll(swap.examine(machine));
        findings.addAll(machineChecks.examine(machine, kernel));
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        return findings;
    }
}
