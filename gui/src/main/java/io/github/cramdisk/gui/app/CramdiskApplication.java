// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.EngineLauncher;
import io.github.cramdisk.gui.common.Language;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.theme.LinuxDesktop;
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
        Settings settings = new Settings(launcher.files().configDirectory().resolve(SETTINGS_FILE));
        open(stage, launcher, settings, new Page.Overview());
    }

    private void open(Stage stage, EngineLauncher launcher, Settings settings, Page page) {
        Texts.use(Language.chosen(settings).locale());
        Window opened = new Window(
                new LaunchingConnector(launcher, settings),
                new LinuxDesktop(System.getenv()),
                settings,
                Tasks.ofWindow());
        window = opened;
        opened.shell().goTo(page);
        stage.setOnCloseRequest(event -> opened.rememberSize(stage));
        opened.setOnLanguageChanged(() -> {
            opened.rememberSize(stage);
            opened.close();
            open(stage, launcher, settings, opened.shell().page());
        });
        opened.show(stage);
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
    }
}
