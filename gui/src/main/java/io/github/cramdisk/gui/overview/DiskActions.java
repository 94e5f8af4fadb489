// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.DiskInfo;

/** What a page can ask the shell to do with a disk. */
public interface DiskActions {
    /** Goes to the page of a disk. */
    void open(String name);

    /** Asks for another size of the disk. */
    void resize(DiskInfo disk);

    /** Asks for new settings of the disk. */
    void change(DiskInfo disk);

    /** Asks how the disk is to be mounted. */
    void mount(DiskInfo disk);

    /** Asks, then empties the disk. */
    void reset(DiskInfo disk);

    /** Asks, then removes the disk. */
    void remove(DiskInfo disk);
}
