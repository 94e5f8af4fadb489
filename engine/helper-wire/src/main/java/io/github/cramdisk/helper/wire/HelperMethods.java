// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.nbd.DiskRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods of the helper and the records of those requests and results that are not records of the API already. Every
 * method takes one dictionary and answers one; see {@link RecordCodec}.
 */
public final class HelperMethods {
    /** {@code TmpfsSpec} to {@code MountedVolume}. */
    public static final String MOUNT_TMPFS = "MountTmpfs";
    /** {@code TmpfsChange} to nothing. */
    public static final String REMOUNT_TMPFS = "RemountTmpfs";
    /** {@code RamfsSpec} to {@code MountedVolume}. */
    public static final String MOUNT_RAMFS = "MountRamfs";
    /** {@link Unmount} to nothing. */
    public static final String UNMOUNT = "Unmount";
    /** {@code ZramSpec} to {@code CreatedZram}. */
    public static final String CREATE_ZRAM = "CreateZram";
    /** {@link ChangeZram} to nothing. */
    public static final String CHANGE_ZRAM = "ChangeZram";
    /** {@link ResetZram} to {@code CreatedZram}. */
    public static final String RESET_ZRAM = "ResetZram";
    /** {@link RemoveZram} to nothing. */
    public static final String REMOVE_ZRAM = "RemoveZram";
    /** {@link AttachDisk} to {@code AttachedDisk}. */
    public static final String ATTACH_DISK = "AttachDisk";
    /** {@link ReattachDisk} to nothing. */
    public static final String REATTACH_DISK = "ReattachDisk";
    /** {@link UseDisk} to nothing. */
    public static final String FORMAT_DISK = "FormatDisk";
    /** {@link UseDisk} to nothing. */
    public static final String USE_DISK = "UseDisk";
    /** {@link ResizeDisk} to nothing. */
    public static final String RESIZE_DISK = "ResizeDisk";
    /** {@link DetachDisk} to nothing. */
    public static final String DETACH_DISK = "DetachDisk";
    /** {@link MakeArena} to {@link Arena}. */
    public static final String MAKE_ARENA = "MakeArena";
    /** {@link Configure} to {@code ConfigApplied}. */
    public static final String CONFIGURE = "Configure";
    /** {@link RevertConfiguration} to {@code ConfigApplied}. */
    public static final String REVERT_CONFIGURATION = "RevertConfiguration";

    /** Type of every request and of every result. */
    public static final String SIGNATURE = "a{sv}";

    private HelperMethods() {}

    /** Takes a tmpfs or ramfs away. */
    public record Unmount(String target, VolumeKind kind, boolean lazily) {}

    /** Changes a live device. */
    public record ChangeZram(ZramDevice device, ZramChange change) {}

    /** @param again how to set it up again; null leaves it without a size */
    public record ResetZram(ZramDevice device, @Nullable ZramSpec again) {}

    /** Takes a device away. */
    public record RemoveZram(ZramDevice device) {}

    /** @param descriptor number of the connection in the process that calls */
    public record AttachDisk(int descriptor, DiskRequest request) {}

    /** @param descriptor number of the connection in the process that calls */
    public record ReattachDisk(int descriptor, DiskDevice device) {}

    /** Makes or begins a use of an attached disk. */
    public record UseDisk(DiskDevice device, DeviceUse use) {}

    /** Gives an attached disk another size. */
    public record ResizeDisk(DiskDevice device, ByteSize size) {}

    /** Takes a disk from the kernel. */
    public record DetachDisk(DiskDevice device) {}

    /** @param size most bytes */
    public record MakeArena(ByteSize size) {}

    /** Writes configuration files for volumes; never text, only definitions. */
    public record Configure(ConfigFormat format, List<ConfigVolume> volumes) {}

    /** Undoes the last change in a format. */
    public record RevertConfiguration(ConfigFormat format) {}

    /** Where the memory of the caller's disks is. */
    public record Arena(String directory) {}
}
