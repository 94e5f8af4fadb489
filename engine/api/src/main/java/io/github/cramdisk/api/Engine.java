// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.config.Configuration;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.volume.Volumes;
import java.util.List;
import java.util.function.Consumer;

/**
 * The engine as front ends see it. Every method may be called from any thread, blocks until the engine has answered,
 * and throws {@link CramdiskException} with the {@link ErrorKind} that tells what went wrong
 * ({@link ErrorKind#ENGINE_UNAVAILABLE} when the engine cannot be reached).
 */
public interface Engine extends AutoCloseable {
    /** How many events the engine keeps for those who ask later. */
    int KEPT_EVENTS = 256;

    EngineStatus status();

    /** The memory of the machine now. */
    MachineMemory memory();

    /** All disks, sorted by name. */
    List<DiskInfo> listDisks();

    /**
     * Creates an empty disk, serves it and keeps its definition.
     *
     * @throws CramdiskException {@link ErrorKind#DISK_EXISTS} and others
     */
    DiskInfo createDisk(DiskSpec spec);

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} */
    DiskInfo showDisk(String name);

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} */
    DiskStats diskStats(String name);

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} */
    DiskInfo updateDisk(String name, DiskUpdate update);

    /**
     * Changes the size of a disk while it is in use. What is on the disk knows nothing of it: a filesystem is to be
     * grown afterwards, and shrunk before. Clients that are connected may use the new size at once; requests beyond the
     * end of a disk that became smaller fail.
     *
     * @throws CramdiskException {@link ErrorKind#DISK_HOLDS_DATA_BEYOND} where data would be cut off,
     *     {@link ErrorKind#INVALID_DISK_SIZE} and others
     */
    DiskInfo resizeDisk(String name, ByteSize size);

    /**
     * Gives unused memory of the disk back to the machine at once (compaction).
     *
     * @return bytes by which resident memory fell
     */
    ByteSize trimDisk(String name);

    /**
     * Makes the disk a block device of this machine, with a filesystem or swap where that is asked for. Goes on where an
     * earlier attempt was interrupted; a failure takes back what this one did.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK}, {@link ErrorKind#NBD_MISSING},
     *     {@link ErrorKind#DISK_HOLDS_DATA}, {@link ErrorKind#DISK_ATTACHED} where it is in use in another way,
     *     {@link ErrorKind#TARGET_UNUSABLE}, {@link ErrorKind#CANCELLED} and those of {@link Volumes}
     */
    DiskInfo attachDisk(String name, AttachSpec spec);

    /**
     * Unmounts the disk and takes it from the kernel. What is on it stays.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK}, {@link ErrorKind#DISK_NOT_ATTACHED},
     *     {@link ErrorKind#VOLUME_BUSY} with who uses it, and those of {@link Volumes}
     */
    DiskInfo detachDisk(String name);

    /**
     * Compresses all blocks of the disk again at once, used or not, with the level of its {@link SqueezeSpec}, or the
     * default one where it squeezes nothing by itself. Takes a processor about 20 s a GiB; a {@link
     * io.github.cramdisk.api.job.JobKind#SQUEEZE job} that can be cancelled, and what is squeezed by then stays so.
     *
     * @return bytes by which resident memory fell
     */
    ByteSize squeezeDisk(String name);

    /**
     * Makes the disk empty, settings kept.
     *
     * @throws CramdiskException {@link ErrorKind#DISK_IN_USE} while clients are connected and {@code force} is not set;
     *     {@link ErrorKind#DISK_ATTACHED}
     */
    DiskInfo resetDisk(String name, boolean force);

    /**
     * Removes the disk, its data and its definition.
     *
     * @throws CramdiskException {@link ErrorKind#DISK_IN_USE} while clients are connected and {@code force} is not set;
     *     {@link ErrorKind#DISK_ATTACHED}
     */
    void removeDisk(String name, boolean force);

    /**
     * What happened, oldest first. The engine keeps the last {@link #KEPT_EVENTS} since it started.
     *
     * @param afterId only events with a higher id; 0 for all that are kept
     */
    List<EngineEvent> events(long afterId);

    /**
     * Delivers a snapshot at a steady rate, on a thread of the client's own, until closed or the engine goes away.
     *
     * @param hertz 1 to 10 a second
     * @param onGone called once when the engine goes away; not called after {@link Subscription#close}
     */
    Subscription subscribe(int hertz, Consumer<Snapshot> onSnapshot, Runnable onGone);

    /**
     * Takes files of a directory through tmpfs, zram (where this engine may make it) and disks of several settings: a {@link
     * io.github.cramdisk.api.job.JobKind#COMPARE job} of less than a minute that can be cancelled. Takes a part of the
     * available memory meanwhile, see {@link Comparison#MEMORY_SHARE}; nothing stays.
     *
     * @param directory absolute path
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} where there are no files, {@link
     *     ErrorKind#NOT_ENOUGH_MEMORY}, {@link ErrorKind#CANCELLED}
     */
    Comparison compare(String directory);

    /** Configuration of the system. */
    Configuration configuration();

    /** The past of volumes, and more about disks than their numbers. */
    Insight insight();

    /** Every other volume of the machine: tmpfs, ramfs, zram, swap. */
    Volumes volumes();

    /** Long work that is under way or has just ended, the oldest first; also in every {@link Snapshot}. */
    List<JobInfo> jobs();

    /**
     * Asks a job to end. Returns at once; the call that began the job ends with {@link ErrorKind#CANCELLED}, when what it
     * had done is taken back. A job that has ended already is left as it is.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_JOB}, or {@link ErrorKind#CANNOT_CANCEL} for one that does not
     *     heed it
     */
    void cancelJob(long id);

    /** Stops the engine gracefully. Data and definitions stay; the next start serves the same disks. */
    void stop();

    @Override
    void close();
}
