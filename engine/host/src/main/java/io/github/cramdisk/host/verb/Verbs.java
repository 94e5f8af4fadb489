// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

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
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.nbd.DiskRequest;
import io.github.cramdisk.host.syscall.Descriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of all that needs root; there is nothing else. Done in process where the engine is root, else by the helper.
 *
 * <p>Each verb either does all of it or leaves nothing behind. Every path is resolved without following any symbolic
 * link, and what was found is acted on by descriptor, so that nobody can redirect a verb by renaming. Safe for use by
 * several threads.
 *
 * <p>All throw {@link CramdiskException}: {@link ErrorKind#TARGET_UNUSABLE} for a mount point that is missing, no
 * directory, behind a link, or taken; {@link ErrorKind#NO_SUCH_VOLUME} for what is not there; {@link
 * ErrorKind#VOLUME_BUSY} with who uses it; {@link ErrorKind#NOT_SUPPORTED_BY_KERNEL}; {@link ErrorKind#KERNEL_REFUSED}
 * with the kernel's own words; {@link ErrorKind#PROGRAM_MISSING} and {@link ErrorKind#PROGRAM_FAILED} for mkfs and
 * mkswap; and from the helper those of authorisation.
 */
public interface Verbs {
    /** Mounts a tmpfs. Its root belongs to the caller where the specification names nobody. */
    MountedVolume mountTmpfs(Caller caller, TmpfsSpec spec);

    /**
     * Changes a mounted tmpfs: all of it or nothing.
     *
     * @throws CramdiskException also {@link ErrorKind#SIZE_TOO_SMALL_FOR_USED} and {@link ErrorKind#TMPFS_CANNOT_CHANGE}
     */
    void remountTmpfs(Caller caller, TmpfsChange change);

    /** Mounts a ramfs. Its root belongs to the caller. */
    MountedVolume mountRamfs(Caller caller, RamfsSpec spec);

    /**
     * Unmounts the tmpfs or ramfs at a mount point; what is in it is lost.
     *
     * @param target as in {@link io.github.cramdisk.api.volume.MountTarget}
     * @param kind what the caller takes it for: {@link VolumeKind#TMPFS} or {@link VolumeKind#RAMFS}; something else there
     *     is {@link ErrorKind#NO_SUCH_VOLUME}
     * @param lazily detach it now and let those who keep it busy finish
     */
    void unmount(Caller caller, String target, VolumeKind kind, boolean lazily);

    /** Adds a zram device, sets it up, and puts the filesystem or swap of the specification on it. */
    CreatedZram createZram(Caller caller, ZramSpec spec);

    /** Changes what the kernel lets change on a live device. */
    void changeZram(Caller caller, ZramDevice device, ZramChange change);

    /** One pass of upkeep, for which nobody is ever asked: the engine does it by its schedule. */
    void maintainZram(Caller caller, ZramDevice device, ZramUpkeep upkeep);

    /**
     * Empties a device: unmounts it or takes it out of swap, and resets it; what is in it is lost.
     *
     * @param again how to set it up again, filesystem or swap included; null leaves it without a size
     */
    CreatedZram resetZram(Caller caller, ZramDevice device, @Nullable ZramSpec again);

    /** Unmounts a device or takes it out of swap, and removes it; what is in it is lost. */
    void removeZram(Caller caller, ZramDevice device);

    /**
     * Makes a device of the kernel of a disk, loading what the kernel needs for that.
     *
     * @param connection negotiated, to an engine of the caller; it stays open here and is the caller's to close
     * @throws CramdiskException also {@link ErrorKind#TOO_MANY_VOLUMES}
     */
    AttachedDisk attachDisk(Caller caller, Descriptor connection, DiskRequest request);

    /**
     * Gives a device whose engine has died a new connection. While the old one lives, nothing happens.
     *
     * @param connection as for {@link #attachDisk}
     */
    void reattachDisk(Caller caller, Descriptor connection, DiskDevice device);

    /** Makes a filesystem or the header of swap on an attached disk; what is on it is lost. */
    void formatDisk(Caller caller, DiskDevice device, DeviceUse use);

    /** Mounts what is on an attached disk, or makes it swap. */
    void useDisk(Caller caller, DiskDevice device, DeviceUse use);

    /**
     * Gives the device of a disk, and the filesystem on it, another size.
     *
     * @throws CramdiskException also {@link ErrorKind#CANNOT_RESIZE}
     */
    void resizeDisk(Caller caller, DiskDevice device, ByteSize size);

    /** Unmounts a disk or takes it out of swap, and takes it from the kernel; what is on it stays. */
    void detachDisk(Caller caller, DiskDevice device);

    /**
     * Sees to it that the caller has the tmpfs for the memory of its disks: 0700, its own, never swapped and with huge
     * pages where the kernel can. One that is there already is kept, and made as large as asked for where that is possible.
     *
     * @param size most bytes
     * @return the path of the directory
     */
    String makeArenaDirectory(Caller caller, ByteSize size);

    /** Writes configuration to its place; see {@link io.github.cramdisk.api.config.Configuration#apply}. */
    ConfigApplied configure(Caller caller, ConfigFormat format, List<ConfigVolume> volumes);

    /** Undoes it; see {@link io.github.cramdisk.api.config.Configuration#revert}. */
    ConfigApplied revertConfiguration(Caller caller, ConfigFormat format);
}
