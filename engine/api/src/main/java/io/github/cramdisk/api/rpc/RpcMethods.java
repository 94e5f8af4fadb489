// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.job.JobInfo;
import java.util.Objects;

/**
 * The methods that the engine answers, with the records of their parameters and results. A result that is not named
 * is JSON null. Refusals carry {@link RpcError#FAILED} and an {@link ErrorKind}.
 *
 * <p>What may take long is answered when it is done; requests that come behind it on the same connection are answered
 * meanwhile.
 */
public final class RpcMethods {
    /** No parameters; result {@link EngineStatus}. */
    public static final String ENGINE_STATUS = "engine.status";
    /** No parameters. The engine answers, then leaves; the end of the connection means that it has. */
    public static final String ENGINE_STOP = "engine.stop";
    /** No parameters; result {@link MachineMemory}. */
    public static final String MACHINE_MEMORY = "machine.memory";
    /** No parameters; result: array of {@link DiskInfo}, sorted by name. */
    public static final String DISK_LIST = "disk.list";
    /** Parameters {@link DiskSpec}, of which only name and size are required; result {@link DiskInfo}. */
    public static final String DISK_CREATE = "disk.create";
    /** Parameters {@link DiskName}; result {@link DiskInfo}. */
    public static final String DISK_SHOW = "disk.show";
    /** Parameters {@link DiskName}; result {@link DiskStats}. */
    public static final String DISK_STATS = "disk.stats";
    /** Parameters {@link DiskChange}; result {@link DiskInfo}. */
    public static final String DISK_UPDATE = "disk.update";
    /** Parameters {@link EventsAfter}; result: array of {@link EngineEvent}, oldest first. */
    public static final String ENGINE_EVENTS = "engine.events";
    /** Parameters {@link DiskSize}; result {@link DiskInfo}. */
    public static final String DISK_RESIZE = "disk.resize";
    /** Parameters {@link DiskName}; result {@link Released}. */
    public static final String DISK_TRIM = "disk.trim";
    /** Parameters {@link DiskName}; result {@link Released}. */
    public static final String DISK_SQUEEZE = "disk.squeeze";
    /** Parameters {@link Directory}; result {@link io.github.cramdisk.api.compare.Comparison}. */
    public static final String COMPARE = "compare";
    /** Parameters {@link DiskAttach}; result {@link DiskInfo}. */
    public static final String DISK_ATTACH = "disk.attach";
    /** Parameters {@link DiskName}; result {@link DiskInfo}. */
    public static final String DISK_DETACH = "disk.detach";
    /** Parameters {@link DiskForce}; result {@link DiskInfo}. */
    public static final String DISK_RESET = "disk.reset";
    /** Parameters {@link DiskForce}. */
    public static final String DISK_REMOVE = "disk.remove";
    /**
     * Parameters {@link DiskName}. After the line of a successful answer the connection carries no more JSON: it is an
     * NBD session, greeting first, whose default export is that disk. The client sends nothing between request and
     * answer; the engine may close the connection of one that does.
     */
    public static final String DISK_SERVE = "disk.serve";
    /** No parameters; result: array of {@link JobInfo}. */
    public static final String JOB_LIST = "job.list";
    /** Parameters {@link JobId}. */
    public static final String JOB_CANCEL = "job.cancel";
    /** Parameters {@link Rate}; result {@link SubscriptionId}, and from then on {@link #STATS_SNAPSHOT}. */
    public static final String STATS_SUBSCRIBE = "stats.subscribe";
    /** Parameters {@link SubscriptionId}. */
    public static final String STATS_UNSUBSCRIBE = "stats.unsubscribe";
    /** Notification from the engine; parameters {@link SnapshotEvent}. */
    public static final String STATS_SNAPSHOT = "stats.snapshot";

    /** Slowest rate of a subscription. */
    public static final int MIN_HERTZ = 1;
    /** Fastest rate of a subscription. */
    public static final int MAX_HERTZ = 10;

    private RpcMethods() {}

    /** One directory, by its absolute path. */
    public record Directory(String directory) {
        public Directory {
            Objects.requireNonNull(directory, "directory");
        }
    }

    /** One disk. */
    public record DiskName(String name) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_NAME} */
        public DiskName {
            DiskSpec.checkName(name);
        }
    }

    /**
     * One disk, and whether its clients may be disconnected.
     *
     * @param force false where the wire leaves it out
     */
    public record DiskForce(String name, boolean force) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_NAME} */
        public DiskForce {
            DiskSpec.checkName(name);
        }
    }

    /** One disk, and how it is to be attached. */
    public record DiskAttach(String name, AttachSpec spec) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_NAME} */
        public DiskAttach {
            DiskSpec.checkName(name);
            Objects.requireNonNull(spec, "spec");
        }
    }

    /** One disk and its new settings. */
    public record DiskChange(String name, DiskUpdate update) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_NAME} */
        public DiskChange {
            DiskSpec.checkName(name);
            Objects.requireNonNull(update, "update");
        }
    }

    /** One disk and its new size. */
    public record DiskSize(String name, ByteSize size) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_NAME} or {@link ErrorKind#INVALID_DISK_SIZE} */
        public DiskSize {
            DiskSpec.checkName(name);
            DiskSpec.checkSize(Objects.requireNonNull(size, "size"));
        }
    }

    /** @param afterId only events with a higher id; 0 where the wire leaves it out: all */
    public record EventsAfter(long afterId) {}

    /** @param releasedBytes by which resident memory fell, 0 or more */
    public record Released(long releasedBytes) {}

    /** @param job as in {@link JobInfo#id} */
    public record JobId(long job) {}

    /** @param hertz snapshots a second, {@link #MIN_HERTZ} to {@link #MAX_HERTZ} */
    public record Rate(int hertz) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
        public Rate {
            if (hertz < MIN_HERTZ || hertz > MAX_HERTZ) {
                throw new CramdiskException(
                        ErrorKind.INVALID_ARGUMENT,
                        "Statistics come " + MIN_HERTZ + " to " + MAX_HERTZ + " times a second, not " + hertz + ".");
            }
        }
    }

    /** @param subscription chosen by the engine, unique within its connection */
    public record SubscriptionId(long subscription) {}

    /** One tick of a subscription. */
    public record SnapshotEvent(long subscription, Snapshot snapshot) {
        public SnapshotEvent {
            Objects.requireNonNull(snapshot, "snapshot");
        }
    }
}
