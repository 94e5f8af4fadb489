// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.syscall.FileStatus;

/** A guard that allows everything; tests override what they are about. */
class GuardDouble implements Guard {
    @Override
    public void mount(Caller caller, String target, FileStatus directory) {
        // Allowed.
    }

    @Override
    public void change(Caller caller, MountedVolume mounted) {
        // Allowed.
    }

    @Override
    public void change(Caller caller, AttachedDisk disk) {
        // Allowed.
    }

    @Override
    public void change(Caller caller, CreatedZram device) {
        // Allowed.
    }
}
