// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.config.Configuration;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.volume.Volumes;
import java.util.List;

/**
 * What the server needs of the engine: the methods of {@link Engine} with their meaning and errors, on any thread. What
 * belongs to a connection (subscriptions, sessions) is apart.
 */
public interface EngineCalls {
    EngineStatus status();

    MachineMemory memory();

    List<DiskInfo> listDisks();

    DiskInfo createDisk(DiskSpec spec);

    DiskInfo showDisk(String name);

    DiskStats diskStats(String name);

    DiskInfo updateDisk(String name, DiskUpdate update);

    DiskInfo resizeDisk(String name, ByteSize size);

    ByteSize trimDisk(String name);

    DiskInfo attachDisk(String name, AttachSpec spec);

    DiskInfo detachDisk(String name);

    ByteSize squeezeDisk(String name);

    /** See {@link io.github.cramdisk.api.Engine#compare}. */
    Comparison compare(String directory);

    DiskInfo resetDisk(String name, boolean force);

    void removeDisk(String name, boolean force);

    /**
     * An NBD session with one disk, to be run on a connection.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} and others
     */
    RawSession serveDisk(String name);

    /** Configuration of the system. */
    Configuration configuration();

    /** The past of volumes, and more about disks than their numbers. */
    Insight insight();

    /** Every other volume of the machine. */
    Volumes volumes();

    List<JobInfo> jobs();

    void cancelJob(long id);

    /** Events with a higher id, oldest first. */
    List<EngineEvent> events(long afterId);

    /** What all subscribers get at one tick. */
    Snapshot snapshot();

    /** Begins to stop the engine and returns at once. */
    void stop();
}
