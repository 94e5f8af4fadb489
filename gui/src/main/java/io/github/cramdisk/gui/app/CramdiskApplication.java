// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.EngineLauncher;
import io.github.cramdisk.gui.common.Language;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.theme.LinuxDesktop;
import java.nio.file.Path;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The life of the process: opens the window on the engine of this user, and remembers its size at the end. */
public final class CramdiskApplication extends Application {
    private static final String SETTINGS_FILE = "gui.properties";

    private @Nullable Window window;

    @Override
    public void start(Stage stage) {
        EngineLauncher launcher = EngineLauncher.ofThisProcess();
        Path file = launcher.files().configDirectory().resolve(SETTINGS_FILE);
        Settings settings = new Settings(file);
        Texts.use(Language.chosen(settings).locale());
        Window opened =
                new Window(launcher::connectOrStart, new LinuxDesktop(System.getenv()), settings, Tasks.ofWindow());
        window = opened;
        stage.setOnCloseRequest(event -> opened.rememberSize(stage));
        opened.show(stage);
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
    }
}
