// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.List;

/**
 * What a subscription delivers at each tick.
 *
 * @param timeMillis wall clock, milliseconds since the epoch
 * @param disks sorted by name
 */
public record Snapshot(long timeMillis, MachineMemory memory, List<DiskStats> disks) {
    public Snapshot {
        disks = List.copyOf(disks);
    }
}
