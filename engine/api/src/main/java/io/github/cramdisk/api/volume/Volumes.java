// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;

/**
 * Every volume of this machine, and what can be done with them. Thread-safe; every method blocks until it is done,
 * which takes as long as a person takes to answer the machine's password prompt.
 *
 * <p>Beside the errors named below, whatever changes something ends with {@link ErrorKind#NOT_AUTHORISED},
 * {@link ErrorKind#AUTHORISATION_DISMISSED}, {@link ErrorKind#NO_AUTHENTICATION_AGENT} or
 * {@link ErrorKind#HELPER_MISSING} where this user may not do it, with {@link ErrorKind#NOT_SUPPORTED_BY_KERNEL}, and
 * with {@link ErrorKind#KERNEL_REFUSED} for anything that could not be foreseen.
 */
public interface Volumes {
    /** @param withUsers tell also who keeps each busy; takes as long as there are open files */
    VolumeList list(boolean withUsers);

    KernelSupport kernelSupport();

    /** What is wrong with this machine, the worst first. */
    List<Finding> doctor();

    /** @throws CramdiskException {@link ErrorKind#TARGET_UNUSABLE} */
    VolumeInfo mountTmpfs(TmpfsSpec spec);

    /**
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME}, {@link ErrorKind#TMPFS_CANNOT_CHANGE} or
     *     {@link ErrorKind#SIZE_TOO_SMALL_FOR_USED}
     */
    VolumeInfo remountTmpfs(TmpfsChange change);

    /** @throws CramdiskException {@link ErrorKind#TARGET_UNUSABLE} */
    VolumeInfo mountRamfs(RamfsSpec spec);

    /**
     * Unmounts a tmpfs or ramfs, with all that is in it, and forgets its definition.
     *
     * @param lazily detach it now and let those who keep it busy finish
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME} or {@link ErrorKind#VOLUME_BUSY}
     */
    void unmount(String target, VolumeKind kind, boolean lazily);

    /** All zram devices, by number. */
    List<ZramInfo> listZram();

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME} */
    ZramInfo showZram(ZramDevice device);

    /** @throws CramdiskException {@link ErrorKind#TARGET_UNUSABLE} */
    ZramInfo createZram(ZramSpec spec);

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME} */
    ZramInfo updateZram(ZramDevice device, ZramChange change);

    /**
     * Makes the device empty, and sets it up again as it was: same size, algorithm, limit and use.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME} or {@link ErrorKind#VOLUME_BUSY}
     */
    ZramInfo resetZram(ZramDevice device);

    /**
     * Unmounts it or takes it out of swap, gives all its memory back, removes the device and forgets its definition.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME} or {@link ErrorKind#VOLUME_BUSY}
     */
    void removeZram(ZramDevice device);

    /**
     * Takes a tmpfs, ramfs or zram device that something else made into the definitions.
     *
     * @param targetOrDevice as in {@link VolumeInfo#title}
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME} or {@link ErrorKind#CANNOT_ADOPT}
     */
    VolumeInfo adopt(String targetOrDevice);
}
