// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.VolumeInfo;

/** What the page asks the window to do. */
public interface VolumeActions {
    void newTmpfs();

    void newRamfs();

    void newZram();

    /** Resize or remount a tmpfs. */
    void change(VolumeInfo volume);

    /** Unmount or remove, after a question. */
    void remove(VolumeInfo volume);

    /** Opens the page of a disk of the engine. */
    void openDisk(String name);
}
