// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.syscall.FileStatus;

/**
 * Asked by {@link LocalVerbs} about each object after it was resolved and before anything is done with it. An answer may
 * take its time (a person is asked); the verb then acts on that same object or not at all. To refuse is to throw a {@link
 * CramdiskException}.
 */
public interface Guard {
    /** Allows everything: for an engine that is root itself. */
    Guard NONE = new Guard() {
        @Override
        public void mount(Caller caller, String target, FileStatus directory) {
            // Root may.
        }

        @Override
        public void change(Caller caller, MountedVolume mounted) {
            // Root may.
        }

        @Override
        public void change(Caller caller, CreatedZram device) {
            // Root may.
        }

        @Override
        public void change(Caller caller, AttachedDisk disk) {
            // Root may.
        }
    };

    /**
     * Something is to be mounted.
     *
     * @param directory the mount point; where it is still to be made, the nearest directory above it that exists
     */
    void mount(Caller caller, String target, FileStatus directory);

    /** A tmpfs or ramfs is to be changed or unmounted. */
    void change(Caller caller, MountedVolume mounted);

    /** A zram device is to be changed, reset or removed; {@code mount} of it is null here. */
    void change(Caller caller, CreatedZram device);

    /** An attached disk is to be connected anew, formatted, used, resized or detached. */
    void change(Caller caller, AttachedDisk disk);
}
