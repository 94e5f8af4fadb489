// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.activity.ActivityModel;
import io.github.cramdisk.gui.activity.DesktopNotifier;
import io.github.cramdisk.gui.attach.AttachModel;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.OwnMemory;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.compare.CompareModel;
import io.github.cramdisk.gui.configuration.ConfigurationModel;
import io.github.cramdisk.gui.create.NewVolume;
import io.github.cramdisk.gui.disk.ChangeModel;
import io.github.cramdisk.gui.disk.DiskModel;
import io.github.cramdisk.gui.disk.EraseModel;
import io.github.cramdisk.gui.disk.ResizeModel;
import io.github.cramdisk.gui.disk.VolumeModel;
import io.github.cramdisk.gui.doctor.DoctorModel;
import io.github.cramdisk.gui.engine.EngineConnector;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.monitor.MonitorModel;
import io.github.cramdisk.gui.overview.CardActions;
import io.github.cramdisk.gui.overview.OverviewModel;
import io.github.cramdisk.gui.overview.OverviewView;
import io.github.cramdisk.gui.settings.Preferences;
import io.github.cramdisk.gui.settings.SettingsModel;
import io.github.cramdisk.gui.theme.Theme;
import io.github.cramdisk.gui.theme.ThemeModel;
import io.github.cramdisk.gui.volumes.RemoveVolumeModel;
import io.github.cramdisk.gui.volumes.TmpfsChangeModel;
import io.github.cramdisk.gui.volumes.VolumesModel;
import java.util.function.Supplier;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.beans.value.WeakChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: makes every part of the window and hands each what it needs. Made and closed on the window's
 * thread.
 */
public final class Window implements AutoCloseable {
    static final double LEAST_WIDTH = 1024;
    static final double LEAST_HEIGHT = 700;

    private static final double FIRST_WIDTH = 1280;
    private static final double FIRST_HEIGHT = 820;

    private final Settings settings;
    private final Tasks tasks;
    private final EngineLink link;
    private final DiskColors colors;
    private final ThemeModel theme;
    private final ShellModel shell;
    private final SettingsModel settingsModel;
    private final ActivityModel activity;
    private final ToolPages tools;
    private final OwnMemory ownMemory = OwnMemory.ofThisProcess();
    private final ChangeListener<Boolean> onFocus = this::focused;
    private @Nullable ShellView view;

    public Window(EngineConnector connector, ThemeModel.DesktopPreference desktop, Settings settings, Tasks tasks) {
        this.settings = settings;
        this.tasks = tasks;
        link = new EngineLink(connector, tasks);
        colors = new DiskColors(settings);
        theme = new ThemeModel(settings, tasks, desktop);
        shell = new ShellModel(link, colors);
        settingsModel = new SettingsModel(settings, theme, link, this::saveSettings);
        activity = new ActivityModel(
                link, tasks, new DesktopNotifier(System.getenv())::show, () -> Preferences.NOTIFY.in(settings));
        tools = new ToolPages(
                new MonitorModel(link, colors),
                new DoctorModel(link),
                new CompareModel(link),
                activity,
                settingsModel,
                new ConfigurationModel(link));
        // Kept at once, not only at the end: a session that ends does not always close its windows.
        theme.choiceProperty().addListener(observable -> saveSettings());
        shell.entries().addListener((ListChangeListener<ShellModel.Entry>) change -> saveSettings());
    }

    private void saveSettings() {
        tasks.run(() -> {
            settings.save();
            return settings;
        });
    }

    public ThemeModel theme() {
        return theme;
    }

    /** Told when another language is chosen: the window has to be made anew, for texts do not change where they stand. */
    public void setOnLanguageChanged(Runnable handler) {
        settingsModel.languageProperty().addListener(observable -> handler.run());
    }

    public ShellModel shell() {
        return shell;
    }

    /** Fills and shows the stage at once; the engine is reached in the background. */
    public void show(Stage stage) {
        ShellView shown = new ShellView(shell, new Pages(), tools, new Sidebar(shell, activity.unreadProperty()));
        view = shown;
        Scene scene = new Scene(shown);
        Theme.install(scene, theme);
        stage.setScene(scene);
        stage.setTitle(Texts.of("app.name"));
        stage.getIcons().setAll(AppIcons.windowIcons());
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        restoreSize(stage);
        // Weakly: the stage outlives this window where another language is chosen.
        stage.focusedProperty().addListener(new WeakChangeListener<>(onFocus));
        stage.show();
        theme.refresh();
        link.connect();
    }

    private void focused(ObservableValue<? extends Boolean> property, Boolean before, Boolean now) {
        if (now) {
            theme.refresh();
        }
    }

    /** Does what a start asks for; the window is shown already. */
    public void obey(StartOptions options) {
        if (options.volume() != null) {
            shell.open(options.volume());
        }
        if (options.create() != null && view != null) {
            view.create(options.create());
        }
    }

    /** Remembers the size; called before the stage is gone. */
    public void rememberSize(Stage stage) {
        settings.put("window.maximized", Boolean.toString(stage.isMaximized()));
        if (!stage.isMaximized() && !stage.isFullScreen()) {
            settings.put("window.width", Double.toString(stage.getWidth()));
            settings.put("window.height", Double.toString(stage.getHeight()));
        }
    }

    @Override
    public void close() {
        link.close();
        settings.save();
        tasks.close();
    }

    private void restoreSize(Stage stage) {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        double width = settings.getNumber("window.width").orElse(FIRST_WIDTH);
        double height = settings.getNumber("window.height").orElse(FIRST_HEIGHT);
        stage.setWidth(Math.max(LEAST_WIDTH, Math.min(width, screen.getWidth())));
        stage.setHeight(Math.max(LEAST_HEIGHT, Math.min(height, screen.getHeight())));
        stage.setMaximized(
                settings.get("window.maximized").map(Boolean::parseBoolean).orElse(false));
    }

    private final class Pages implements ShellView.Pages {
        @Override
        public OverviewView overview(CardActions actions, NewVolume onNewVolume) {
            return new OverviewView(new OverviewModel(link, colors, ownMemory, tasks), actions, onNewVolume);
        }

        @Override
        public DiskModel disk(String name) {
            return new DiskModel(name, colors.of(name), link, tasks);
        }

        @Override
        public VolumeModel volume(String title) {
            return new VolumeModel(title, colors.of(title), link, tasks);
        }

        @Override
        public VolumesModel volumes() {
            return new VolumesModel(link, colors);
        }

        @Override
        public NewVolumeFlow.Forms forms(Supplier<@Nullable KernelSupport> support) {
            return new VolumeForms(link, settings, support);
        }

        @Override
        public TmpfsChangeModel change(VolumeInfo volume) {
            return new TmpfsChangeModel(link, volume);
        }

        @Override
        public RemoveVolumeModel removal(VolumeInfo volume) {
            return new RemoveVolumeModel(link, volume);
        }

        @Override
        public ResizeModel resize(DiskInfo disk) {
            return new ResizeModel(disk, link);
        }

        @Override
        public ChangeModel change(DiskInfo disk) {
            return new ChangeModel(disk, link);
        }

        @Override
        public AttachModel attach(DiskInfo disk) {
            return new AttachModel(disk, link);
        }

        @Override
        public EraseModel erase(EraseModel.Verb verb, DiskInfo disk) {
            return new EraseModel(verb, disk, link);
        }
    }
}
