// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.cramdisk.api.volume.VolumeInfo;
import java.util.List;

/**
 * What a subscription delivers at each tick.
 *
 * @param timeMillis wall clock, milliseconds since the epoch
 * @param disks sorted by name
 * @param volumes every other volume of the machine, by kind, then by title, without its users; read more seldom than the
 *     rest, about once a second
 * @param lastEventId id of the newest event, 0 for none: when it has changed, {@link Engine#events} has more
 */
public record Snapshot(
        long timeMillis, MachineMemory memory, List<DiskStats> disks, List<VolumeInfo> volumes, long lastEventId) {
    /** Without events. */
    public Snapshot(long timeMillis, MachineMemory memory, List<DiskStats> disks, List<VolumeInfo> volumes) {
        this(timeMillis, memory, disks, volumes, 0);
    }

    @JsonCreator
    public Snapshot {
        disks = List.copyOf(disks);
        volumes = volumes == null ? List.of() : List.copyOf(volumes);
    }
}
