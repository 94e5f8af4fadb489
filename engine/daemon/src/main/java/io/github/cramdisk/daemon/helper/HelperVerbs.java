// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.helper;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramUpkeep;
import io.github.cramdisk.helper.wire.BusErrors;
import io.github.cramdisk.helper.wire.BusException;
import io.github.cramdisk.helper.wire.HelperFault;
import io.github.cramdisk.helper.wire.HelperMethods;
import io.github.cramdisk.helper.wire.HelperNames;
import io.github.cramdisk.helper.wire.RecordCodec;
import io.github.cramdisk.helper.wire.RecordCodec.MismatchException;
import io.github.cramdisk.helper.wire.SystemBus;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.nbd.DiskRequest;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.verb.MountedVolume;
import io.github.cramdisk.host.verb.Verbs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * The verbs, done by the privileged helper over the system bus. The {@code caller} of each verb is not sent: the helper
 * takes whom the bus vouches for, which is the user of this process.
 *
 * <p>Each call connects for itself: calls are rare, and a connection that stays would keep its threads and buffers, which
 * count in the footprint of the disks. Thread-safe; a call waits as long as a person takes to answer.
 */
public final class HelperVerbs implements Verbs {
    /** A little longer than the helper waits for a person, so that its own error is the one that is told. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** No flag of the D-Bus specification. */
    private static final byte NOBODY_IS_ASKED = 0;

    private final String installCommand;

    /** @param installCommand what {@link ErrorKind#HELPER_MISSING} tells to type */
    public HelperVerbs(String installCommand) {
        this.installCommand = installCommand;
    }

    @Override
    public MountedVolume mountTmpfs(Caller caller, TmpfsSpec spec) {
        return call(HelperMethods.MOUNT_TMPFS, spec, MountedVolume.class);
    }

    @Override
    public void remountTmpfs(Caller caller, TmpfsChange change) {
        call(HelperMethods.REMOUNT_TMPFS, change);
    }

    @Override
    public MountedVolume mountRamfs(Caller caller, RamfsSpec spec) {
        return call(HelperMethods.MOUNT_RAMFS, spec, MountedVolume.class);
    }

    @Override
    public void unmount(Caller caller, String target, VolumeKind kind, boolean lazily) {
        call(HelperMethods.UNMOUNT, new HelperMethods.Unmount(target, kind, lazily));
    }

    @Override
    public CreatedZram createZram(Caller caller, ZramSpec spec) {
        return call(HelperMethods.CREATE_ZRAM, spec, CreatedZram.class);
    }

    @Override
    public void changeZram(Caller caller, ZramDevice device, ZramChange change) {
        call(HelperMethods.CHANGE_ZRAM, new HelperMethods.ChangeZram(device, change));
    }

    @Override
    public void maintainZram(Caller caller, ZramDevice device, ZramUpkeep upkeep) {
        call(HelperMethods.CHANGE_ZRAM, new HelperMethods.ChangeZram(device, ZramChange.of(upkeep)), NOBODY_IS_ASKED);
    }

    @Override
    public CreatedZram resetZram(Caller caller, ZramDevice device, @Nullable ZramSpec again) {
        return call(HelperMethods.RESET_ZRAM, new HelperMethods.ResetZram(device, again), CreatedZram.class);
    }

    @Override
    public void removeZram(Caller caller, ZramDevice device) {
        call(HelperMethods.REMOVE_ZRAM, new HelperMethods.RemoveZram(device));
    }

    /** The helper takes a duplicate of the connection from this process by itself. */
    @Override
    public AttachedDisk attachDisk(Caller caller, Descriptor connection, DiskRequest request) {
        return call(
                HelperMethods.ATTACH_DISK,
                new HelperMethods.AttachDisk(connection.number(), request),
                AttachedDisk.class);
    }

    @Override
    public void reattachDisk(Caller caller, Descriptor connection, DiskDevice device) {
        call(HelperMethods.REATTACH_DISK, new HelperMethods.ReattachDisk(connection.number(), device));
    }

    @Override
    public void formatDisk(Caller caller, DiskDevice device, DeviceUse use) {
        call(HelperMethods.FORMAT_DISK, new HelperMethods.UseDisk(device, use));
    }

    @Override
    public void useDisk(Caller caller, DiskDevice device, DeviceUse use) {
        call(HelperMethods.USE_DISK, new HelperMethods.UseDisk(device, use));
    }

    @Override
    public void resizeDisk(Caller caller, DiskDevice device, ByteSize size) {
        call(HelperMethods.RESIZE_DISK, new HelperMethods.ResizeDisk(device, size));
    }

    @Override
    public void detachDisk(Caller caller, DiskDevice device) {
        call(HelperMethods.DETACH_DISK, new HelperMethods.DetachDisk(device));
    }

    /** Nobody is asked: the engine does this when it starts, and it can do without. */
    @Override
    public String makeArenaDirectory(Caller caller, ByteSize size) {
        Map<?, ?> answer = call(HelperMethods.MAKE_ARENA, new HelperMethods.MakeArena(size), NOBODY_IS_ASKED);
        return decoded(HelperMethods.Arena.class, answer).directory();
    }

    @Override
    public ConfigApplied configure(Caller caller, ConfigFormat format, List<ConfigVolume> volumes) {
        return call(HelperMethods.CONFIGURE, new HelperMethods.Configure(format, volumes), ConfigApplied.class);
    }

    @Override
    public ConfigApplied revertConfiguration(Caller caller, ConfigFormat format) {
        return call(
                HelperMethods.REVERT_CONFIGURATION, new HelperMethods.RevertConfiguration(format), ConfigApplied.class);
    }

    private <T extends Record> T call(String method, Record request, Class<T> resultType) {
        return decoded(resultType, call(method, request));
    }

    private static <T extends Record> T decoded(Class<T> type, Map<?, ?> answer) {
        try {
            return RecordCodec.decode(type, answer);
        } catch (MismatchException e) {
            throw new CramdiskException(
                    ErrorKind.HELPER_UNAVAILABLE, e, "it is of another version (" + e.getMessage() + ")");
        }
    }

    private Map<?, ?> call(String method, Record request) {
        return call(method, request, SystemBus.MAY_ASK);
    }

    private Map<?, ?> call(String method, Record request, byte flags) {
        Map<String, Variant<?>> body = RecordCodec.encode(request);
        try (SystemBus bus = SystemBus.connect(() -> {})) {
            List<Object> answer = bus.call(
                    HelperNames.BUS_NAME,
                    HelperNames.PATH,
                    HelperNames.INTERFACE,
                    method,
                    flags,
                    PATIENCE,
                    HelperMethods.SIGNATURE,
                    body);
            if (answer.size() == 1 && answer.get(0) instanceof Map<?, ?> result) {
                return result;
            }
            throw new CramdiskException(ErrorKind.HELPER_UNAVAILABLE, "its answer is of another version");
        } catch (BusException e) {
            throw HelperFault.read(e).orElseGet(() -> unavailable(e));
        } catch (IOException e) {
            // Where there is no system bus, there can be no helper either.
            throw new CramdiskException(ErrorKind.HELPER_MISSING, e, installCommand);
        }
    }

    private CramdiskException unavailable(BusException e) {
        return switch (e.name()) {
            case BusErrors.SERVICE_UNKNOWN, BusErrors.NAME_HAS_NO_OWNER ->
                new CramdiskException(ErrorKind.HELPER_MISSING, e, installCommand);
            case BusErrors.UNKNOWN_METHOD, BusErrors.INVALID_ARGS ->
                new CramdiskException(
                        ErrorKind.HELPER_UNAVAILABLE,
                        e,
                        "it is of another version; install it again: " + installCommand);
            default ->
                new CramdiskException(ErrorKind.HELPER_UNAVAILABLE, e, e.text().isEmpty() ? e.name() : e.text());
        };
    }
}
