// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import java.util.Locale;

/** What the window looks like: the choice, and where that is the desktop's, what the desktop wants. */
public enum Look {
    LIGHT,
    DARK,
    /** White on black, with lines around everything; for people who see little contrast. */
    CONTRAST;

    /** The class of the scene's root that the colours in the stylesheet belong to. */
    String styleClass() {
        return "cram-" + name().toLowerCase(Locale.ROOT);
    }
}
