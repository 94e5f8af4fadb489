// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import java.util.List;
import java.util.Objects;
import javafx.scene.image.Image;

/** The program's own icon, in the sizes that the build takes from {@code icons/hicolor}. */
final class AppIcons {
    private static final List<Integer> WINDOW_SIZES = List.of(16, 24, 32, 48, 64, 128, 256);

    private AppIcons() {}

    /** Resource of one size, absolute. */
    static String path(int size) {
        return "/io/github/cramdisk/gui/icons/" + size + "x" + size + "/apps/io.github.cramdisk.Cramdisk.png";
    }

    /** For the window manager, which picks what it needs. */
    static List<Image> windowIcons() {
        return WINDOW_SIZES.stream()
                .map(size -> Objects.requireNonNull(AppIcons.class.getResource(path(size)), path(size)))
                .map(url -> new Image(url.toExternalForm()))
                .toList();
    }
}
