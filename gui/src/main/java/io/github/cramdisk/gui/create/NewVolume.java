// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

/** Asks the window for the form of a new volume. */
@FunctionalInterface
public interface NewVolume {
    /** @param purpose what it is for */
    void ask(Purpose purpose, Draft draft);
}
