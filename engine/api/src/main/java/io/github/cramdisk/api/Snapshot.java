// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.volume.VolumeInfo;
import java.util.List;

/**
 * What a subscription delivers at each tick.
 *
 * @param timeMillis wall clock, milliseconds since the epoch
 * @param disks sorted by name
 * @param volumes every other volume of the machine, by kind, then by title, without its users; read more seldom than the
 *     rest, about once a second
 * @param jobs long work that is under way or has just ended, the oldest first
 * @param lastEventId id of the newest event, 0 for none: when it has changed, {@link Engine#events} has more
 */
public record Snapshot(
        long timeMillis,
        MachineMemory memory,
        List<DiskStats> disks,
        List<VolumeInfo> volumes,
        List<JobInfo> jobs,
        long lastEventId) {
    /** Without events. */
    public Snapshot(
            long timeMillis,
            MachineMemory memory,
            List<DiskStats> disks,
            List<VolumeInfo> volumes,
            List<JobInfo> jobs) {
        this(timeMillis, memory, disks, volumes, jobs, 0);
    }

    @JsonCreator
    public Snapshot {
        disks = List.copyOf(disks);
        volumes = volumes == null ? List.of() : List.copyOf(volumes);
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }
}
