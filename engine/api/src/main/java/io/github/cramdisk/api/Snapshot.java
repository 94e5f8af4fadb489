// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.List;

/**
 * What a subscription delivers at each tick.
 *
 * @param timeMillis wall clock, milliseconds since the epoch
 * @param disks sorted by name
 * @param lastEventId id of the newest event, 0 for none: when it has changed, {@link Engine#events} has more
 */
public record Snapshot(long timeMillis, MachineMemory memory, List<DiskStats> disks, long lastEventId) {
    public Snapshot {
        disks = List.copyOf(disks);
    }
}
