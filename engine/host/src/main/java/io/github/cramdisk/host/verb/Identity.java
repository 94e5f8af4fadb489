// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.KernelException;

/** Tells mounts apart. */
final class Identity {
    private Identity() {}

    /** What the mount behind a descriptor of its root is. */
    static MountedVolume of(Descriptor mountRoot, String target, String type) throws KernelException {
        FileStatus status = FileCalls.status(mountRoot);
        long id = FileCalls.uniqueMountId(mountRoot).orElse(status.mountId());
        return new MountedVolume(target, type, id, status.device());
    }
}
