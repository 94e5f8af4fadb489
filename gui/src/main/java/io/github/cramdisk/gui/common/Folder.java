// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

/** A folder in the file manager of the desktop. */
public final class Folder {
    private Folder() {}

    /** Opens it there; without a desktop nothing happens. */
    public static void open(String path, Tasks tasks) {
        tasks.run(() -> new ProcessBuilder("xdg-open", path)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }
}
