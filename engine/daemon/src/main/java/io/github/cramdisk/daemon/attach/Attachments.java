// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.StepKind;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.daemon.job.Job;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.nbd.DiskRequest;
import io.github.cramdisk.host.nbd.Superblock;
import io.github.cramdisk.nbd.BlockDevice;
import io.github.cramdisk.nbd.DeviceException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Attaches disks to the kernel, puts filesystems or swap on them, and takes them back. One thing at a time for each disk;
 * an attach that was interrupted between two steps is gone on with by the next one. Thread-safe; blocks as long as a person
 * thinks.
 */
public final class Attachments {
    private static final System.Logger LOG = System.getLogger(Attachments.class.getName());
    private static final double CONNECTING = 0.1;
    private static final double FORMATTING = 0.3;
    private static final double USING = 0.8;

    private final AttachHouse house;
    private final AttachmentReader reader;
    private final SwapShield shield;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    /** Those whose device got its connection from this engine; any other's leads to an engine that is no more. */
    private final Set<AttachedDisk> served = ConcurrentHashMap.newKeySet();

    public Attachments(AttachHouse house, AttachmentReader reader) {
        this.house = house;
        this.reader = reader;
        this.shield = new SwapShield(house.caller().isRoot());
    }

    /** See {@link io.github.cramdisk.api.Engine#attachDisk}. */
    public DiskInfo attach(String disk, AttachSpec spec, Job job) {
        return exclusively(disk, () -> {
            job.step(0, StepKind.LOOKING, disk);
            DiskInfo info = house.disks().show(disk);
            Optional<AttachedDisk> before = recordOf(disk);
            if (before.isPresent() && AttachChoice.isDone(info, spec)) {
                return info;
            }
            Optional<Superblock> found = superblock(disk);
            AttachSpec wanted = AttachChoice.fitting(spec, found);
            boolean format = AttachChoice.mustFormat(info, wanted, found);
            job.step(CONNECTING, StepKind.CONNECTING, disk);
            boolean done = false;
            try {
                AttachedDisk attached = before.isPresent() ? before.get() : connect(info);
                use(attached, info, wanted.use(), format, job);
                done = true;
                LOG.log(Level.INFO, "disk " + disk + " is attached as " + attached.device());
            } finally {
                reader.remember(disk, superblock(disk));
                if (!done && before.isEmpty()) {
                    // By the record: a helper that died before it could answer has attached it all the same.
                    recordOf(disk).ifPresent(this::takeBack);
                }
                endSwap(disk);
            }
            return house.disks().show(disk);
        });
    }

    /** See {@link io.github.cramdisk.api.Engine#detachDisk}. */
    public DiskInfo detach(String disk, Job job) {
        return exclusively(disk, () -> {
            house.disks().show(disk);
            AttachedDisk attached =
                    recordOf(disk).orElseThrow(() -> new CramdiskException(ErrorKind.DISK_NOT_ATTACHED, disk));
            job.step(StepKind.DISCONNECTING, attached.device().toString());
            try {
                house.verbs().detachDisk(house.caller(), attached.device());
                served.remove(attached);
                house.disks().setAttached(disk, false);
            } finally {
                reader.remember(disk, recordOf(disk).isPresent() ? superblock(disk) : Optional.empty());
                endSwap(disk);
            }
            LOG.log(Level.INFO, "disk " + disk + " was detached from " + attached.device());
            return house.disks().show(disk);
        });
    }

    /**
     * Gives a disk another size; one that is attached with its device and filesystem. To grow, the disk goes first, to
     * shrink, the filesystem: at no moment does one reach beyond what holds it.
     */
    public DiskInfo resize(String disk, ByteSize size, Job job) {
        return exclusively(disk, () -> {
            ByteSize before = new ByteSize(house.disks().show(disk).sizeBytes());
            Optional<AttachedDisk> attached = recordOf(disk);
            if (attached.isEmpty() || size.equals(before)) {
                job.step(StepKind.RESIZING, disk);
                return house.disks().resize(disk, size);
            }
            if (size.compareTo(before) > 0) {
                job.step(StepKind.RESIZING, disk);
                house.disks().resize(disk, size);
                resizeDevice(attached.get(), size, job, () -> house.disks().resize(disk, before));
            } else {
                boolean known = superblock(disk).isPresent();
                resizeDevice(attached.get(), size, job, () -> {});
                if (known) {
                    // Its filesystem ends before that now; what is left there is nobody's.
                    trim(disk, size.bytes(), before.bytes() - size.bytes());
                }
                job.step(StepKind.RESIZING, disk);
                shrink(attached.get(), size, before);
            }
            reader.changed();
            return house.disks().show(disk);
        });
    }

    private void resizeDevice(AttachedDisk attached, ByteSize size, Job job, Runnable takeBack) {
        job.step(StepKind.RESIZING_DEVICE, attached.device().toString());
        boolean done = false;
        try {
            house.verbs().resizeDisk(house.caller(), attached.device(), size);
            done = true;
        } finally {
            if (!done) {
                takeBack.run();
            }
        }
    }

    private void shrink(AttachedDisk attached, ByteSize size, ByteSize before) {
        boolean done = false;
        try {
            house.disks().resize(attached.disk(), size);
            done = true;
        } finally {
            if (!done) {
                house.verbs().resizeDisk(house.caller(), attached.device(), before);
            }
        }
    }

    /** Gives the device of a disk a new connection to this engine, if it is attached and has none. Asks nobody. */
    void reattachIfNeeded(AttachedDisk attached) {
        if (hasConnection(attached)) {
            return;
        }
        String disk = attached.disk();
        exclusively(disk, () -> {
            if (hasConnection(attached)
                    || recordOf(disk).filter(attached::equals).isEmpty()) {
                return disk;
            }
            house.disks().setAttached(disk, true);
            boolean swap = reader.isSwap(disk);
            if (swap) {
                shield.prepare(disk);
            }
            try (KernelConnection connection = KernelConnection.open(house.nbdSocket(), disk)) {
                house.verbs().reattachDisk(house.caller(), connection.socket(), attached.device());
            } catch (IOException e) {
                throw unreachable(disk, e);
            }
            served.add(attached);
            if (swap) {
                shield.raise();
            }
            reader.remember(disk, superblock(disk));
            LOG.log(Level.INFO, "disk " + disk + ", attached as " + attached.device() + ", is served again");
            return disk;
        });
    }

    /** A client alone does not tell: it may be another one than the kernel, which waits for an engine that has died. */
    private boolean hasConnection(AttachedDisk attached) {
        return served.contains(attached)
                && house.disks().export(attached.disk()).clients() > 0;
    }

    private AttachedDisk connect(DiskInfo info) {
        try (KernelConnection connection = KernelConnection.open(house.nbdSocket(), info.name())) {
            DiskRequest request = new DiskRequest(
                    info.name(),
                    reader.engine(),
                    connection.export().sizeBytes(),
                    connection.export().flags());
            AttachedDisk attached = house.verbs().attachDisk(house.caller(), connection.socket(), request);
            served.add(attached);
            reader.changed();
            house.disks().setAttached(info.name(), true);
            return attached;
        } catch (CramdiskException e) {
            if (e.kind() == ErrorKind.NOT_SUPPORTED_BY_KERNEL
                    && e.arguments().get(0).contains("nbd")) {
                throw new CramdiskException(
                        ErrorKind.NBD_MISSING, e, e.arguments().get(1), info.name(), info.uri());
            }
            throw e;
        } catch (IOException e) {
            throw unreachable(info.name(), e);
        }
    }

    private void use(AttachedDisk attached, DiskInfo info, @Nullable DeviceUse use, boolean format, Job job) {
        if (use == null) {
            return;
        }
        String what =
                use instanceof DeviceFilesystem filesystem ? filesystem.type().text() : Superblock.SWAP;
        if (format) {
            job.step(FORMATTING, StepKind.MAKING, what);
            if (info.logicalBytes() > 0) {
                // What mkfs leaves alone is to cost no memory.
                trim(info.name(), 0, info.sizeBytes());
            }
            house.verbs().formatDisk(house.caller(), attached.device(), use);
        }
        if (use instanceof DeviceFilesystem filesystem) {
            job.step(USING, StepKind.MOUNTING, what, filesystem.target());
        } else {
            job.step(USING, StepKind.SWAPPING_ON);
        }
        boolean swap = use instanceof DeviceSwap;
        if (swap) {
            shield.prepare(info.name());
            house.disks().setSwap(info.name(), true);
        }
        house.verbs().useDisk(house.caller(), attached.device(), use);
        reader.changed();
        if (swap) {
            shield.raise();
        }
    }

    /** Where a disk is swap no more, or never was. */
    private void endSwap(String disk) {
        if (!reader.isSwap(disk)) {
            house.disks().setSwap(disk, false);
            shield.end(disk);
        }
    }

    private void takeBack(AttachedDisk attached) {
        try {
            house.verbs().detachDisk(house.caller(), attached.device());
            served.remove(attached);
            house.disks().setAttached(attached.disk(), false);
        } catch (CramdiskException e) {
            LOG.log(Level.WARNING, attached.device() + " stays attached after a failure: " + e.getMessage());
        } finally {
            reader.remember(attached.disk(), Optional.empty());
        }
    }

    private Optional<Superblock> superblock(String disk) {
        BlockDevice device = house.disks().export(disk).device();
        int length = (int) Math.min(Superblock.BYTES, device.sizeBytes());
        ByteBuffer head = ByteBuffer.allocateDirect(Superblock.BYTES);
        try {
            device.read(0, length, head, 0);
        } catch (DeviceException e) {
            throw new CramdiskException(ErrorKind.INTERNAL, e, "disk " + disk + " cannot be read");
        }
        byte[] bytes = new byte[Superblock.BYTES];
        head.get(0, bytes, 0, length);
        return Superblock.of(bytes);
    }

    private void trim(String disk, long offsetBytes, long lengthBytes) {
        try {
            house.disks().export(disk).device().trim(offsetBytes, lengthBytes);
        } catch (DeviceException e) {
            throw new CramdiskException(ErrorKind.INTERNAL, e, "disk " + disk + " cannot be trimmed");
        }
    }

    private Optional<AttachedDisk> recordOf(String disk) {
        try {
            return reader.record(disk);
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.INTERNAL, e, "what is attached cannot be read (" + e.getMessage() + ")");
        }
    }

    private static CramdiskException unreachable(String disk, IOException e) {
        return new CramdiskException(
                ErrorKind.INTERNAL, e, "the engine cannot connect to its own disk " + disk + " (" + e + ")");
    }

    @FunctionalInterface
    private interface Work<T> {
        T run();
    }

    private <T> T exclusively(String disk, Work<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(disk, name -> new ReentrantLock());
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
