// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.zram.ZramDevices;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files by which a zram device is added, set up, changed and removed; see
 * Documentation/admin-guide/blockdev/zram.rst. The order matters: nothing but the memory limit can be set once the device
 * has a size.
 */
final class ZramSetup {
    private static final String CONTROL = "sys/class/zram-control/";
    /** udev looks into every new device for a moment, which makes it busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Of blkid(8), with --probe. */
    private static final int BLKID_FOUND_NOTHING = 2;

    private static final Duration STEP = Duration.ofMillis(20);

    private final Path root;
    private final ZramDevices devices;
    private final Programs programs;
    private final Refusals refusals;
    private final Busy busy;

    ZramSetup(Path root, Programs programs, Refusals refusals, Busy busy) {
        this.root = root;
        this.devices = new ZramDevices(root);
        this.programs = programs;
        this.refusals = refusals;
        this.busy = busy;
    }

    /** Adds a device, loading the module where there is one. */
    ZramDevice add() {
        if (!devices.present()) {
            try {
                programs.run("modprobe", List.of("zram", "num_devices=0"));
            } catch (CramdiskException e) {
                throw new CramdiskException(
                        ErrorKind.NOT_SUPPORTED_BY_KERNEL,
                        e,
                        "zram",
                        refusals.unsupported("zram").arguments().get(1));
            }
        }
        try {
            String number =
                    FileCalls.readValue(root.resolve(CONTROL + "hot_add").toString());
            return new ZramDevice(Integer.parseInt(number));
        } catch (KernelException e) {
            throw refusals.of("add a zram device", e);
        }
    }

    /** Gives a new or reset device its algorithms, size and limit. */
    void setUp(ZramDevice device, ZramSpec spec) {
        if (spec.algorithm() != null) {
            setAlgorithm(device, spec.algorithm());
        }
        int priority = 1;
        for (ZramAlgorithm algorithm : spec.recompression()) {
            setRecompression(device, algorithm, priority++);
        }
        if (spec.backingDevice() != null) {
            setBackingDevice(device, spec.backingDevice());
        }
        write(device, "disksize", Long.toString(spec.size().bytes()), "give " + device + " a size");
        if (spec.memLimit() != null) {
            setLimit(device, spec.memLimit());
        }
        awaitNode(device);
    }

    /** @param limit null for none */
    void setLimit(ZramDevice device, @Nullable ByteSize limit) {
        String bytes = limit == null ? "0" : Long.toString(limit.bytes());
        write(device, "mem_limit", bytes, "limit the memory of " + device);
    }

    void compact(ZramDevice device) {
        write(device, "compact", "1", "compact " + device);
    }

    /** Takes away size and content. */
    void reset(ZramDevice device) {
        whileBusy(device, "reset " + device, () -> FileCalls.writeValue(file(device, "reset"), "1"));
    }

    /** Removes a device that nobody uses. */
    void remove(ZramDevice device) {
        String control = root.resolve(CONTROL + "hot_remove").toString();
        whileBusy(device, "remove " + device, () -> FileCalls.writeValue(control, Integer.toString(device.number())));
    }

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME} */
    ZramState state(ZramDevice device) {
        try {
            return devices.read(device.number())
                    .orElseThrow(
                            () -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "zram device", device.toString()));
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    /** Which device this is among all that ever had its number; 0 before Linux 5.15. */
    long sequence(ZramDevice device) {
        try {
            return Long.parseLong(FileCalls.readValue(file(device, "diskseq")));
        } catch (KernelException e) {
            return 0;
        }
    }

    private void setAlgorithm(ZramDevice device, ZramAlgorithm algorithm) {
        try {
            FileCalls.writeValue(file(device, "comp_algorithm"), algorithm.name());
        } catch (KernelException e) {
            if (e.errno() != Errno.EINVAL) {
                throw refusals.of("set the algorithm of " + device, e);
            }
            List<String> known = state(device).algorithms();
            throw refusals.unsupported(
                    "the algorithm " + algorithm.name() + " for zram (it has " + String.join(", ", known) + ")", e);
        }
        if (!algorithm.parameters().isEmpty()) {
            setParameters(device, algorithm, 0);
        }
    }

    private void setRecompression(ZramDevice device, ZramAlgorithm algorithm, int priority) {
        if (!state(device).canRecompress()) {
            throw refusals.unsupported("recompression by zram (CONFIG_ZRAM_MULTI_COMP)");
        }
        String value = "algo=" + algorithm.name() + " priority=" + priority;
        write(device, "recomp_algorithm", value, "recompress " + device + " with " + algorithm.name());
        if (!algorithm.parameters().isEmpty()) {
            setParameters(device, algorithm, priority);
        }
    }

    /** What is on it is lost; so nothing may be on it that anybody can recognise. */
    private void setBackingDevice(ZramDevice device, String backing) {
        if (!state(device).canWriteBack()) {
            throw refusals.unsupported("writing pages of zram back to a disk (CONFIG_ZRAM_WRITEBACK)");
        }
        if (!isBlockDevice(backing)) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "backing device " + backing,
                    "It must be a block device itself, no file and no link to one. Those there are: lsblk --paths");
        }
        try {
            // Of a device that it may not open, blkid says that nothing is on it.
            FileCalls.openExclusively(backing).close();
        } catch (KernelException e) {
            throw e.errno() == Errno.EBUSY ? busy.device(backing) : refusals.of("open " + backing, e);
        }
        if (programs.exitCode("blkid", List.of("--probe", backing)) != BLKID_FOUND_NOTHING) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "backing device " + backing,
                    "Something is on it, which would be lost. If it may be, wipe it first: wipefs --all " + backing);
        }
        try {
            FileCalls.writeValue(file(device, "backing_dev"), backing);
        } catch (KernelException e) {
            throw e.errno() == Errno.EBUSY
                    ? busy.device(backing)
                    : refusals.of("write pages of " + device + " back to " + backing, e);
        }
    }

    private static boolean isBlockDevice(String path) {
        try {
            return FileCalls.linkStatusOf(path).isBlockDevice();
        } catch (KernelException e) {
            return false;
        }
    }

    private void setParameters(ZramDevice device, ZramAlgorithm algorithm, int priority) {
        if (!Files.exists(Path.of(file(device, "algorithm_params")))) {
            throw refusals.unsupported("parameters of zram's algorithms");
        }
        StringBuilder value = new StringBuilder("priority=" + priority);
        for (Map.Entry<String, String> parameter : algorithm.parameters().entrySet()) {
            value.append(' ').append(parameter.getKey()).append('=').append(parameter.getValue());
        }
        write(device, "algorithm_params", value.toString(), "set the parameters of " + algorithm.name());
    }

    private void write(ZramDevice device, String file, String value, String doing) {
        try {
            FileCalls.writeValue(file(device, file), value);
        } catch (KernelException e) {
            throw refusals.of(doing, e);
        }
    }

    private String file(ZramDevice device, String name) {
        return root.resolve("sys/block").resolve(device.name()).resolve(name).toString();
    }

    /** The node in /dev is made by the kernel at once, where /dev is a devtmpfs. */
    private void awaitNode(ZramDevice device) {
        ZramState state = state(device);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isNode(device, state)) {
            if (System.nanoTime() - deadline > 0) {
                throw new CramdiskException(
                        ErrorKind.KERNEL_REFUSED,
                        "make the device node " + device,
                        "it is not there, or is another device");
            }
            pause();
        }
    }

    private static boolean isNode(ZramDevice device, ZramState state) {
        try {
            var status = FileCalls.linkStatusOf(device.toString());
            return status.isBlockDevice() && status.represents().equals(state.device());
        } catch (KernelException e) {
            return false;
        }
    }

    /** A write to a file of /sys. */
    private interface Write {
        void run() throws KernelException;
    }

    private void whileBusy(ZramDevice device, String doing, Write write) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                write.run();
                return;
            } catch (KernelException e) {
                if (e.errno() == Errno.ENODEV) {
                    throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, e, "zram device", device.toString());
                }
                if (e.errno() != Errno.EBUSY) {
                    throw refusals.of(doing, e);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw busy.device(device.toString());
                }
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
}
