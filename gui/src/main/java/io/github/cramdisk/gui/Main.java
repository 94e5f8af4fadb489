// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui;

import io.github.cramdisk.gui.app.CramdiskApplication;
import io.github.cramdisk.gui.common.Texts;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;

/**
 * Starts the window. It does not extend {@link Application}: the Java launcher would then insist on JavaFX as modules,
 * and it is on the class path.
 */
public final class Main {
    private static final int FAILED = 1;
    // Held here, because the logging system holds loggers weakly.
    private static final Logger TOOLKIT = Logger.getLogger("javafx");

    private Main() {}

    /** Takes no arguments; {@code -Dcramdisk.home} says where the engine can be started from. */
    public static void main(String[] arguments) {
        if (isEmpty(System.getenv("DISPLAY"))) {
            System.err.println(Texts.of("app.no-display"));
            System.exit(FAILED);
        }
        // Otherwise the toolkit complains at every start that it is on the class path, where it works.
        TOOLKIT.setLevel(Level.SEVERE);
        if (System.getProperty("prism.lcdtext") == null) {
            // Coloured fringes are wrong on turned, scaled and OLED screens.
            System.setProperty("prism.lcdtext", "false");
        }
        Application.launch(CramdiskApplication.class, arguments);
    }

    private static boolean isEmpty(@org.jspecify.annotations.Nullable String value) {
        return value == null || value.isEmpty();
    }
}
