// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.helper.gate.Action;
import io.github.cramdisk.helper.serve.Request;
import io.github.cramdisk.helper.serve.Verb;
import io.github.cramdisk.helper.wire.HelperMethods;
import io.github.cramdisk.helper.wire.RecordCodec;
import io.github.cramdisk.helper.wire.RecordCodec.MismatchException;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.syscall.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;

/** The verbs on disks of engines. The caller's own is a device of whose record the uid is the caller's. Thread-safe. */
final class DiskVerbTable {
    private static final String A_DISK = "the disk";
    private static final Path ROOT = Path.of("/");
    private static final String AS_IT_IS = "size stays";

    private final VerbTable table;
    private final CallerProcesses callers;

    DiskVerbTable(VerbTable table, CallerProcesses callers) {
        this.table = table;
        this.callers = callers;
    }

    Map<String, Verb> byName() {
        return Map.of(
                HelperMethods.ATTACH_DISK, this::attach,
                HelperMethods.REATTACH_DISK, this::reattach,
                HelperMethods.FORMAT_DISK, this::format,
                HelperMethods.USE_DISK, this::use,
                HelperMethods.RESIZE_DISK, this::resize,
                HelperMethods.DETACH_DISK, this::detach);
    }

    private Map<String, Variant<?>> attach(Request request) throws MismatchException {
        HelperMethods.AttachDisk attach = RecordCodec.decode(HelperMethods.AttachDisk.class, request.body());
        Wish wish = new Wish(
                Action.DISK_ATTACH,
                true,
                "attach",
                "the compressed disk \"" + attach.request().disk() + "\"",
                "/dev/nbd*",
                new ByteSize(attach.request().sizeBytes()).format());
        RequestGuard guard = table.guard(request, wish);
        guard.judgeWish();
        AttachedDisk attached = table.run(request, wish, guard, (local, caller) -> {
            try (Descriptor connection = callers.connection(request.client(), attach.descriptor())) {
                return local.attachDisk(caller, connection, attach.request());
            }
        });
        return RecordCodec.encode(attached);
    }

    /** Nobody is asked: it is the same disk for the same user. */
    private Map<String, Variant<?>> reattach(Request request) throws MismatchException {
        HelperMethods.ReattachDisk reattach = RecordCodec.decode(HelperMethods.ReattachDisk.class, request.body());
        Wish wish = free("connect anew", reattach.device(), AS_IT_IS);
        table.run(request, wish, table.guard(request, wish), (local, caller) -> {
            try (Descriptor connection = callers.connection(request.client(), reattach.descriptor())) {
                local.reattachDisk(caller, connection, reattach.device());
            }
            if (isSwap(reattach.device())) {
                callers.shield(request.client());
            }
            return wish;
        });
        return Map.of();
    }

    private Map<String, Variant<?>> format(Request request) throws MismatchException {
        HelperMethods.UseDisk format = RecordCodec.decode(HelperMethods.UseDisk.class, request.body());
        Wish wish = new Wish(
                Action.FORMAT,
                true,
                "make",
                name(format.use()) + " on the disk",
                format.device().toString(),
                "all that is on it is lost");
        table.run(request, wish, table.guard(request, wish), (local, caller) -> {
            local.formatDisk(caller, format.device(), format.use());
            return wish;
        });
        return Map.of();
    }

    /** Swap concerns the whole machine, whoever's it is, and from then on the process that serves it must go on. */
    private Map<String, Variant<?>> use(Request request) throws MismatchException {
        HelperMethods.UseDisk use = RecordCodec.decode(HelperMethods.UseDisk.class, request.body());
        boolean swap = use.use() instanceof DeviceSwap;
        String place = use.use() instanceof DeviceFilesystem filesystem
                ? filesystem.target()
                : use.device().toString();
        Wish wish = new Wish(
                swap ? Action.SWAP : Action.MOUNT,
                Rules.isOrdinary(use.use(), VerbTable.user(request)),
                swap ? "use" : "mount",
                swap ? "the disk as swap" : name(use.use()) + " of the disk " + use.device(),
                place,
                AS_IT_IS);
        RequestGuard guard = table.guard(request, wish);
        table.run(request, wish, guard, (local, caller) -> {
            if (swap) {
                guard.judgeWish();
                callers.shield(request.client());
            }
            local.useDisk(caller, use.device(), use.use());
            return wish;
        });
        return Map.of();
    }

    private static boolean isSwap(DiskDevice device) {
        try {
            return SwapArea.read(ROOT).stream().anyMatch(area -> area.path().equals(device.toString()));
        } catch (IOException e) {
            throw new CramdiskException(ErrorKind.INTERNAL, e, "the swap of this machine cannot be read (" + e + ")");
        }
    }

    private Map<String, Variant<?>> resize(Request request) throws MismatchException {
        HelperMethods.ResizeDisk resize = RecordCodec.decode(HelperMethods.ResizeDisk.class, request.body());
        Wish wish = free("resize", resize.device(), resize.size().format());
        table.run(request, wish, table.guard(request, wish), (local, caller) -> {
            local.resizeDisk(caller, resize.device(), resize.size());
            return wish;
        });
        return Map.of();
    }

    private Map<String, Variant<?>> detach(Request request) throws MismatchException {
        HelperMethods.DetachDisk detach = RecordCodec.decode(HelperMethods.DetachDisk.class, request.body());
        Wish wish = free("detach", detach.device(), "what is on it stays");
        table.run(request, wish, table.guard(request, wish), (local, caller) -> {
            local.detachDisk(caller, detach.device());
            return wish;
        });
        return Map.of();
    }

    private static Wish free(String verb, DiskDevice device, String size) {
        return new Wish(null, true, verb, A_DISK, device.toString(), size);
    }

    private static String name(DeviceUse use) {
        return use instanceof DeviceFilesystem filesystem ? filesystem.type().text() : "swap";
    }
}
