// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.RuntimeFiles;
import io.github.cramdisk.gui.app.CramdiskApplication;
import io.github.cramdisk.gui.app.SingleInstance;
import io.github.cramdisk.gui.app.StartOptions;
import io.github.cramdisk.gui.common.Texts;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;

/**
 * Starts the window. It does not extend {@link Application}: the Java launcher would then insist on JavaFX as modules,
 * and it is on the class path.
 */
public final class Main {
    // Held here, because the logging system holds loggers weakly.
    private static final Logger TOOLKIT = Logger.getLogger("javafx");

    private Main() {}

    /** Takes what {@link StartOptions} reads; {@code -Dcramdisk.home} says where the engine can be started from. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.println(Texts.of("app.usage"));
            return;
        }
        StartOptions options;
        try {
            options = StartOptions.parse(given);
        } catch (StartOptions.Refused e) {
            System.err.println(e.getMessage());
            System.exit(ExitCode.USAGE);
            return;
        }
        String display = System.getenv("DISPLAY");
        if (display == null || display.isEmpty()) {
            System.err.println(Texts.of("app.no-display"));
            System.exit(ExitCode.FAILED);
            return;
        }
        Optional<SingleInstance> instance = SingleInstance.claim(RuntimeFiles.ofThisProcess(), display, given);
        if (instance.isEmpty()) {
            return;
        }
        // Otherwise the toolkit complains at every start that it is on the class path, where it works.
        TOOLKIT.setLevel(Level.SEVERE);
        if (System.getProperty("prism.lcdtext") == null) {
            // Coloured fringes are wrong on turned, scaled and OLED screens.
            System.setProperty("prism.lcdtext", "false");
        }
        CramdiskApplication.launch(instance.get(), options);
    }
}
