// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.KernelException;
import java.util.List;

/** Mounts filesystems onto descriptors, and changes what is mounted: by the calls of Linux 5.2, or by mount(2). */
interface Mounter {
    /** Mounts; a failure leaves nothing mounted. */
    MountedVolume mount(NewFilesystem filesystem, MountPoint target) throws KernelException;

    /** Changes flags of a mount, and nothing of its filesystem. */
    void changeFlags(Descriptor mountRoot, MountEntry now, MountFlagsChange change) throws KernelException;

    /**
     * Changes options of a filesystem; all or none. Options that are not named stay as they are.
     *
     * @param flags of these, lazytime and a filesystem that is to become writable are meant
     */
    void changeOptions(Descriptor mountRoot, MountEntry now, List<MountOption> options, MountFlagsChange flags)
            throws KernelException;

    /** The one that this kernel has. */
    static Mounter ofThisKernel() {
        return ContextMounter.isSupported() ? new ContextMounter() : new OldMounter();
    }
}
