// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;

/** Owner and mode of the root directory of a filesystem. */
final class RootDirectory {
    private RootDirectory() {}

    /** Sets what the new filesystem asks for. The owner first: a change of owner may clear bits of the mode. */
    static void apply(Descriptor root, NewFilesystem filesystem) throws KernelException {
        if (filesystem.owner() != null) {
            FileCalls.changeOwner(root, (int) filesystem.owner().uid(), (int)
                    filesystem.owner().gid());
        }
        if (filesystem.mode() != null) {
            FileCalls.changeMode(root, filesystem.mode().bits());
        }
    }
}
