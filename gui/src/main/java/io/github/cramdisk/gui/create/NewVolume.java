// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import org.jspecify.annotations.Nullable;

/** Asks the window for the form of a new volume. */
@FunctionalInterface
public interface NewVolume {
    /**
     * @param purpose what it is for
     * @param size where one was chosen already
     */
    void ask(Purpose purpose, @Nullable ByteSize size);
}
