// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.EngineLauncher;
import io.github.cramdisk.gui.common.Language;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.theme.LinuxDesktop;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The life of the process: opens the window on the engine of this user, and remembers its size at the end. */
public final class CramdiskApplication extends Application {
    private static final String SETTINGS_FILE = "gui.properties";

    // The toolkit makes the application itself, by its class: what it begins with waits here.
    private static final AtomicReference<@Nullable Start> START = new AtomicReference<>();

    private @Nullable Window window;
    private @Nullable SingleInstance instance;

    private record Start(SingleInstance instance, StartOptions options) {}

    /** Opens the window and returns when it is closed; once in a process. */
    public static void launch(SingleInstance instance, StartOptions options) {
        START.set(new Start(instance, options));
        launch(CramdiskApplication.class);
    }

    @Override
    public void start(Stage stage) {
        Start start = Objects.requireNonNull(START.get());
        instance = start.instance();
        EngineLauncher launcher = EngineLauncher.ofThisProcess();
        Settings settings = new Settings(launcher.files().configDirectory().resolve(SETTINGS_FILE));
        Window first = open(stage, launcher, settings, new Page.Overview());
        if (start.options().printTimings()) {
            new Timings(first.shell(), System.out).start();
        }
        first.obey(start.options());
        start.instance().serve(Tasks.ofWindow(), later -> {
            raise(stage);
            if (window != null) {
                window.obey(later);
            }
        });
    }

    private static void raise(Stage stage) {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    private Window open(Stage stage, EngineLauncher launcher, Settings settings, Page page) {
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
        return opened;
    }

    @Override
    public void stop() {
        if (instance != null) {
            instance.close();
        }
        if (window != null) {
            window.close();
        }
    }
}
