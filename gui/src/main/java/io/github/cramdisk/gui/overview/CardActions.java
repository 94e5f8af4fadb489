// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.volume.VolumeInfo;

/** What the cards of all kinds can ask the shell to do. */
public interface CardActions extends DiskActions {
    /** Goes to the page of a volume that is no disk. */
    void open(VolumeInfo volume);

    /** Asks for a new size or other options of a tmpfs. */
    void change(VolumeInfo volume);

    /** Asks, then unmounts or removes it. */
    void remove(VolumeInfo volume);
}
