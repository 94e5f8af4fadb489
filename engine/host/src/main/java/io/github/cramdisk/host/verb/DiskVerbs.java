// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.nbd.AttachmentRecords;
import io.github.cramdisk.host.nbd.DiskRequest;
import io.github.cramdisk.host.nbd.NbdControl;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.DeviceNumber;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.SocketCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The verbs on disks of engines. The order of the steps and why each is as it is: decision 0012. */
final class DiskVerbs {
    /** So many may a user have at once. */
    static final int MOST_EACH = 64;

    /**
     * The timer of the block layer, in milliseconds: how long after a reconnect requests that were sent to the dead
     * connection are sent again. It ends nothing, for the device has no timeout. Why not more and not less: decision 0012.
     */
    private static final String IO_TIMEOUT = "1500";

    /** udev looks into every new or changed device for a moment, which makes it busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration STEP = Duration.ofMillis(20);

    private final Path root;
    private final Guard guard;
    private final DeviceUses uses;
    private final Programs programs;
    private final Formats formats;
    private final Refusals refusals;
    private final Busy busy;
    private final AttachmentRecords records;
    private final DiskResize resize;

    DiskVerbs(Path root, Guard guard, DeviceUses uses, Programs programs, Refusals refusals, Busy busy) {
        this.root = root;
        this.guard = guard;
        this.uses = uses;
        this.programs = programs;
        this.formats = new Formats(programs);
        this.refusals = refusals;
        this.busy = busy;
        this.records = new AttachmentRecords(root);
        this.resize = new DiskResize(root, programs, uses, refusals);
    }

    AttachedDisk attach(Caller caller, Descriptor connection, DiskRequest request) {
        checkConnection(caller, connection);
        loadModule();
        String identifier = "cramdisk-" + UUID.randomUUID();
        try (Undo undo = new Undo()) {
            requirePlace(caller);
            undo.add("forget " + identifier, () -> records.remove(identifier));
            records.announce(identifier, request, caller.uid());
            int number = NbdControl.connect(
                    connection, request.sizeBytes(), DiskRequest.BLOCK_BYTES, request.flags(), identifier);
            DiskDevice device = new DiskDevice(number);
            undo.add("disconnect " + device, () -> NbdControl.disconnect(number));
            awaitNode(device);
            FileCalls.writeValue(file(device, "queue/io_timeout"), IO_TIMEOUT);
            AttachedDisk disk = records.of(device)
                    .orElseThrow(() -> refusals.unsupported("to tell whose a network block device is (Linux 5.14)"));
            undo.keep();
            return disk;
        } catch (KernelException e) {
            throw refusals.of("attach disk " + request.disk(), e);
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.INTERNAL, e, "what was attached could not be recorded, and was undone (" + e + ")");
        }
    }

    void reattach(Caller caller, Descriptor connection, DiskDevice device) {
        checkConnection(caller, connection);
        AttachedDisk disk = allowed(caller, device);
        try {
            NbdControl.reconnect(connection, device.number(), disk.identifier());
        } catch (KernelException e) {
            throw refusals.of("give " + device + " a new connection", e);
        }
    }

    void format(Caller caller, DiskDevice device, DeviceUse use) {
        AttachedDisk disk = allowed(caller, device);
        requireUnused(disk);
        if (use instanceof DeviceFilesystem filesystem) {
            formats.makeFilesystem(device.toString(), filesystem);
        } else if (use instanceof DeviceSwap swap) {
            formats.makeSwap(device.toString(), swap);
        }
    }

    void use(Caller caller, DiskDevice device, DeviceUse use) {
        AttachedDisk disk = allowed(caller, device);
        if (use instanceof DeviceSwap swap) {
            requireSame(disk);
            uses.enable(device.toString(), swap);
            return;
        }
        DeviceFilesystem filesystem = (DeviceFilesystem) use;
        AttachSpec.checkFlags(filesystem);
        try (Undo undo = new Undo();
                MountPoint target =
                        MountPoint.open(caller, filesystem.target(), filesystem.createTarget(), guard, undo)) {
            requireSame(disk);
            uses.mount(caller, device.toString(), filesystem, target);
            undo.keep();
        }
    }

    void resize(Caller caller, DiskDevice device, long sizeBytes) {
        resize.run(allowed(caller, device), sizeBytes);
    }

    void detach(Caller caller, DiskDevice device) {
        AttachedDisk disk = allowed(caller, device);
        requireSame(disk);
        uses.release(device.toString(), number(device));
        requireUnused(disk);
        try {
            NbdControl.disconnect(device.number());
            records.remove(disk.identifier());
        } catch (KernelException e) {
            throw refusals.of("detach " + device, e);
        } catch (IOException e) {
            throw new CramdiskException(ErrorKind.INTERNAL, e, "the record of " + device + " stays (" + e + ")");
        }
    }

    /**
     * The kernel will write to whatever this is connected to, so it must be nobody else's than the caller's.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT}
     */
    private static void checkConnection(Caller caller, Descriptor connection) {
        try {
            if (SocketCalls.isUnixStream(connection)) {
                SocketCalls.Peer peer = SocketCalls.peer(connection);
                if (peer.pid() != 0 && peer.uid() == caller.uid()) {
                    return;
                }
            }
        } catch (KernelException e) {
            // Said below.
        }
        throw new CramdiskException(
                ErrorKind.INVALID_ARGUMENT, "A disk is attached by a connection to an engine of the same user.");
    }

    private void loadModule() {
        try {
            if (NbdControl.isPresent()) {
                return;
            }
            programs.run("modprobe", List.of("nbd"));
            if (NbdControl.isPresent()) {
                return;
            }
        } catch (KernelException e) {
            throw refusals.of("tell about network block devices", e);
        } catch (CramdiskException e) {
            throw new CramdiskException(
                    ErrorKind.NOT_SUPPORTED_BY_KERNEL,
                    e,
                    "network block devices (nbd)",
                    refusals.unsupported("nbd").arguments().get(1));
        }
        throw refusals.unsupported("network block devices (nbd)");
    }

    private void requirePlace(Caller caller) throws IOException {
        long have = records.all().stream()
                .filter(disk -> disk.uid() == caller.uid())
                .count();
        if (have >= MOST_EACH) {
            throw new CramdiskException(ErrorKind.TOO_MANY_VOLUMES, MOST_EACH);
        }
    }

    private AttachedDisk allowed(Caller caller, DiskDevice device) {
        AttachedDisk disk = recorded(device);
        guard.change(caller, disk);
        return disk;
    }

    private AttachedDisk recorded(DiskDevice device) {
        try {
            return records.of(device)
                    .orElseThrow(
                            () -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "attached disk", device.toString()));
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    /** The guard may have taken minutes. */
    private void requireSame(AttachedDisk disk) {
        if (!recorded(disk.device()).equals(disk)) {
            throw new CramdiskException(
                    ErrorKind.NO_SUCH_VOLUME, "attached disk", disk.device().toString());
        }
    }

    private void requireUnused(AttachedDisk disk) {
        requireSame(disk);
        String device = disk.device().toString();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                FileCalls.openExclusively(device).close();
                busy.requireNobodyHas(device);
                return;
            } catch (KernelException e) {
                if (e.errno() != Errno.EBUSY) {
                    throw refusals.of("open " + device, e);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw busy.device(device);
                }
            } catch (CramdiskException e) {
                if (e.kind() != ErrorKind.VOLUME_BUSY || System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            pause();
        }
    }

    private DeviceNumber number(DiskDevice device) {
        try {
            return DeviceNumber.parse(
                    KernelText.value(Path.of(file(device, "dev"))).orElse(""));
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        } catch (IllegalArgumentException e) {
            throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, e, "attached disk", device.toString());
        }
    }

    private String file(DiskDevice device, String name) {
        return root.resolve("sys/block").resolve(device.name()).resolve(name).toString();
    }

    /** The node in /dev is made by the kernel, where /dev is a devtmpfs. */
    private void awaitNode(DiskDevice device) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isNode(device)) {
            if (System.nanoTime() - deadline > 0) {
                throw new CramdiskException(
                        ErrorKind.KERNEL_REFUSED,
                        "make the device node " + device,
                        "it is not there, or is another device");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CramdiskException(ErrorKind.INTERNAL, e, "interrupted");
        }
    }

    private boolean isNode(DiskDevice device) {
        try {
            FileStatus status = FileCalls.linkStatusOf(device.toString());
            return status.isBlockDevice() && status.represents().equals(number(device));
        } catch (KernelException e) {
            return false;
        }
    }
}
