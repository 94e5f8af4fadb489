// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.MountTarget;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeList;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import java.util.Objects;

/** The methods for volumes other than disks; see {@link RpcMethods}. An answer may wait for a person's password. */
public final class VolumeMethods {
    /** Parameters {@link WithUsers}; result {@link VolumeList}. */
    public static final String LIST = "volume.list";
    /** No parameters; result {@link KernelSupport}. */
    public static final String KERNEL_SUPPORT = "volume.kernelSupport";
    /** No parameters; result: array of {@link Finding}. */
    public static final String DOCTOR = "volume.doctor";
    /** Parameters {@link Volume}; result {@link VolumeInfo}. */
    public static final String ADOPT = "volume.adopt";
    /** Parameters {@link TmpfsSpec}, of which only the target is required; result {@link VolumeInfo}. */
    public static final String TMPFS_MOUNT = "tmpfs.mount";
    /** Parameters {@link TmpfsChange}; result {@link VolumeInfo}. */
    public static final String TMPFS_REMOUNT = "tmpfs.remount";
    /** Parameters {@link RamfsSpec}; result {@link VolumeInfo}. */
    public static final String RAMFS_MOUNT = "ramfs.mount";
    /** Parameters {@link Unmount}. */
    public static final String UNMOUNT = "volume.unmount";
    /** No parameters; result: array of {@link ZramInfo}. */
    public static final String ZRAM_LIST = "zram.list";
    /** Parameters {@link Zram}; result {@link ZramInfo}. */
    public static final String ZRAM_SHOW = "zram.show";
    /** Parameters {@link ZramSpec}, of which only the size is required; result {@link ZramInfo}. */
    public static final String ZRAM_CREATE = "zram.create";
    /** Parameters {@link ZramUpdate}; result {@link ZramInfo}. */
    public static final String ZRAM_UPDATE = "zram.update";
    /** Parameters {@link Zram}; result {@link ZramInfo}. */
    public static final String ZRAM_RESET = "zram.reset";
    /** Parameters {@link Zram}. */
    public static final String ZRAM_REMOVE = "zram.remove";

    private VolumeMethods() {}

    /** @param users whether to tell who keeps each volume busy */
    public record WithUsers(boolean users) {}

    /** @param volume mount point or device */
    public record Volume(String volume) {
        public Volume {
            Objects.requireNonNull(volume, "volume");
        }
    }

    /** One mounted tmpfs or ramfs. */
    public record Unmount(String target, VolumeKind kind, boolean lazily) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_TARGET} */
        public Unmount {
            MountTarget.check(target);
            Objects.requireNonNull(kind, "kind");
        }
    }

    /** One zram device. */
    public record Zram(ZramDevice device) {
        public Zram {
            Objects.requireNonNull(device, "device");
        }
    }

    /** One zram device and its new settings. */
    public record ZramUpdate(ZramDevice device, ZramChange change) {
        public ZramUpdate {
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(change, "change");
        }
    }
}
