// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.attach.AttachDialog;
import io.github.cramdisk.gui.attach.AttachModel;
import io.github.cramdisk.gui.common.ConfirmDialog;
import io.github.cramdisk.gui.common.DialogHost;
import io.github.cramdisk.gui.common.FormDialog;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.PageFrame;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.create.Draft;
import io.github.cramdisk.gui.create.FormKind;
import io.github.cramdisk.gui.create.NewVolume;
import io.github.cramdisk.gui.create.Purpose;
import io.github.cramdisk.gui.disk.ChangeDialog;
import io.github.cramdisk.gui.disk.ChangeModel;
import io.github.cramdisk.gui.disk.DiskModel;
import io.github.cramdisk.gui.disk.DiskView;
import io.github.cramdisk.gui.disk.EraseModel;
import io.github.cramdisk.gui.disk.ResizeDialog;
import io.github.cramdisk.gui.disk.ResizeModel;
import io.github.cramdisk.gui.disk.VolumeModel;
import io.github.cramdisk.gui.disk.VolumePage;
import io.github.cramdisk.gui.overview.CardActions;
import io.github.cramdisk.gui.overview.OverviewView;
import io.github.cramdisk.gui.volumes.RemoveVolumeModel;
import io.github.cramdisk.gui.volumes.TmpfsChangeDialog;
import io.github.cramdisk.gui.volumes.TmpfsChangeModel;
import io.github.cramdisk.gui.volumes.VolumeActions;
import io.github.cramdisk.gui.volumes.VolumesModel;
import io.github.cramdisk.gui.volumes.VolumesView;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** The whole of the window: sidebar, the page the user is on, dialogs over both. */
final class ShellView extends StackPane implements CardActions, VolumeActions {
    private static final KeyCombination NEW = new KeyCodeCombination(KeyCode.N, KeyCombination.CONTROL_DOWN);
    private static final KeyCombination SETTINGS = new KeyCodeCombination(KeyCode.COMMA, KeyCombination.CONTROL_DOWN);
    private static final List<KeyCode> MAIN_DIGITS =
            List.of(KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4, KeyCode.DIGIT5, KeyCode.DIGIT6);
    private static final KeyCombination BACK = new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
    private static final KeyCombination NEXT = new KeyCodeCombination(KeyCode.PAGE_DOWN, KeyCombination.CONTROL_DOWN);
    private static final KeyCombination PREVIOUS = new KeyCodeCombination(KeyCode.PAGE_UP, KeyCombination.CONTROL_DOWN);

    private final ShellModel model;
    private final Pages pages;
    private final ToolPages tools;
    private final StackPane centre = new StackPane();
    private final HBox away = Ui.styled(new HBox(), "away");
    private final DialogHost host;
    private final NewVolumeFlow newVolume;
    private final OverviewView overview;
    private final VolumesModel volumesModel;
    private final NoEngineView noEngine;
    private final Node loading = loading();
    private @Nullable FormModel<?, ?> openForm;
    private @Nullable Purpose createWhenReady;
    private @Nullable DiskModel openDisk;
    private @Nullable DiskView openDiskView;
    private @Nullable VolumeModel openVolume;
    private @Nullable VolumePage openVolumePage;
    private @Nullable VolumesView volumes;

    /** Makes the view models of pages and dialogs; given by the composition root. */
    interface Pages {
        OverviewView overview(CardActions actions, NewVolume onNewVolume);

        DiskModel disk(String name);

        VolumeModel volume(String title);

        VolumesModel volumes();

        /** @param support what the kernel has; gives null while it is unknown */
        NewVolumeFlow.Forms forms(Supplier<@Nullable KernelSupport> support);

        TmpfsChangeModel change(VolumeInfo volume);

        RemoveVolumeModel removal(VolumeInfo volume);

        ResizeModel resize(DiskInfo disk);

        ChangeModel change(DiskInfo disk);

        AttachModel attach(DiskInfo disk);

        EraseModel erase(EraseModel.Verb verb, DiskInfo disk);
    }

    ShellView(ShellModel model, Pages pages, ToolPages tools, Sidebar sidebar) {
        this.tools = tools;
        this.model = model;
        this.pages = pages;
        overview = pages.overview(this, this::newVolume);
        volumesModel = pages.volumes();
        noEngine = new NoEngineView(model::retry);

        away.getChildren().addAll(Ui.icon(MaterialDesignR.REFRESH), Ui.label(Texts.of("app.away")));
        away.setAlignment(Pos.CENTER_LEFT);
        away.setId("away");
        VBox right = new VBox(away, centre);
        VBox.setVgrow(centre, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        right.setMinWidth(0);
        centre.setMinHeight(0);
        HBox shell = Ui.styled(new HBox(sidebar, right), "shell");
        host = new DialogHost(shell);
        newVolume = new NewVolumeFlow(
                host, pages.forms(() -> volumesModel.supportProperty().get()), this::created);
        getChildren().add(host);

        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
        model.pageProperty().addListener((property, before, now) -> {
            host.hide();
            show();
            focusPage();
        });
        model.sceneryProperty().addListener((property, before, now) -> {
            show();
            if (before == ShellModel.Scenery.LOADING) {
                focusPage();
            }
            if (createWhenReady != null && now == ShellModel.Scenery.PAGE) {
                create(createWhenReady);
            }
        });
        model.missingProperty().addListener((property, before, name) -> {
            if (name != null) {
                overview.tell(Texts.of("app.no-such-volume", name));
            }
        });
        show();
    }

    /** Opens the creation, as soon as there is an engine. */
    void create(Purpose purpose) {
        createWhenReady = model.sceneryProperty().get() == ShellModel.Scenery.PAGE ? null : purpose;
        newVolume(purpose, Draft.EMPTY);
    }

    @Override
    public void open(String name) {
        model.goTo(new Page.Disk(name));
    }

    @Override
    public void resize(DiskInfo disk) {
        if (mayAsk()) {
            ResizeModel form = pages.resize(disk);
            show(new ResizeDialog(form, resized -> host.hide(), host::hide), form);
        }
    }

    @Override
    public void change(DiskInfo disk) {
        if (mayAsk()) {
            ChangeModel form = pages.change(disk);
            show(new ChangeDialog(form, changed -> host.hide(), host::hide), form);
        }
    }

    @Override
    public void mount(DiskInfo disk) {
        if (mayAsk()) {
            AttachModel form = pages.attach(disk);
            show(new AttachDialog(form, mounted -> done(form), host::hide), form);
        }
    }

    @Override
    public void open(VolumeInfo volume) {
        model.goTo(new Page.Volume(volume.title()));
    }

    @Override
    public void reset(DiskInfo disk) {
        ask(EraseModel.Verb.RESET, disk);
    }

    @Override
    public void remove(DiskInfo disk) {
        ask(EraseModel.Verb.REMOVE, disk);
    }

    @Override
    public void newTmpfs() {
        newVolume(Purpose.SCRATCH, FormKind.TMPFS, Draft.EMPTY);
    }

    @Override
    public void newRamfs() {
        newVolume(Purpose.EXPERT, FormKind.RAMFS, Draft.EMPTY);
    }

    @Override
    public void newZram() {
        newVolume(Purpose.EXPERT, FormKind.ZRAM, Draft.EMPTY);
    }

    @Override
    public void change(VolumeInfo volume) {
        if (mayAsk()) {
            TmpfsChangeModel form = pages.change(volume);
            show(new TmpfsChangeDialog(form, this::changed, host::hide), form);
        }
    }

    @Override
    public void remove(VolumeInfo volume) {
        ConfirmDialog dialog = new ConfirmDialog(pages.removal(volume), () -> changed(volume), host::hide);
        host.show(dialog, dialog.firstFocus(), () -> {});
    }

    @Override
    public void openDisk(String name) {
        open(name);
    }

    private void changed(Object volume) {
        host.hide();
        volumesModel.refresh();
    }

    private boolean mayAsk() {
        return !host.isShowingDialog() && model.sceneryProperty().get() == ShellModel.Scenery.PAGE;
    }

    private void show(FormDialog dialog, FormModel<?, ?> form) {
        openForm = form;
        host.show(dialog, dialog.firstFocus(), () -> {
            openForm = null;
            form.close();
        });
    }

    /** Closes the form, unless that was done while the engine was at work. */
    private void done(FormModel<?, ?> form) {
        if (openForm == form) {
            host.hide();
        }
    }

    private void ask(EraseModel.Verb verb, DiskInfo disk) {
        ConfirmDialog dialog = new ConfirmDialog(
                pages.erase(verb, disk),
                () -> {
                    host.hide();
                    if (verb == EraseModel.Verb.REMOVE) {
                        model.goTo(new Page.Overview());
                        overview.focusFirst();
                    }
                },
                host::hide);
        host.show(dialog, dialog.firstFocus(), () -> {});
    }

    private void newVolume(Purpose purpose, Draft draft) {
        newVolume(purpose, FormKind.of(purpose), draft);
    }

    private void newVolume(Purpose purpose, FormKind kind, Draft draft) {
        if (mayAsk()) {
            newVolume.ask(purpose, kind, draft);
        }
    }

    private void created(String key) {
        volumesModel.refresh();
        model.goTo(new Page.Overview());
        overview.focusWhenShown(key);
    }

    private void onKey(KeyEvent event) {
        if (host.isShowingDialog()) {
            return;
        }
        if (NEW.match(event)) {
            newVolume(Purpose.DISK, Draft.EMPTY);
        } else if (event.isShortcutDown() && MAIN_DIGITS.indexOf(event.getCode()) >= 0) {
            model.goTo(ShellModel.MAIN.get(MAIN_DIGITS.indexOf(event.getCode())));
        } else if (SETTINGS.match(event)) {
            model.goTo(new Page.Settings());
        } else if (NEXT.match(event)) {
            model.step(1);
        } else if (PREVIOUS.match(event)) {
            model.step(-1);
        } else if (model.page() instanceof Page.Volume && (BACK.match(event) || event.getCode() == KeyCode.ESCAPE)) {
            model.goTo(new Page.Volumes());
        } else if (BACK.match(event) || (event.getCode() == KeyCode.ESCAPE && model.page() instanceof Page.Disk)) {
            model.goTo(new Page.Overview());
        } else {
            return;
        }
        event.consume();
    }

    private void show() {
        ShellModel.Scenery scenery = model.sceneryProperty().get();
        Ui.setShown(away, scenery == ShellModel.Scenery.STALE_PAGE);
        Node content = switch (scenery) {
            case LOADING -> loading;
            case NO_ENGINE -> {
                host.hide();
                noEngine.show(model.error());
                yield noEngine;
            }
            case PAGE, STALE_PAGE -> page();
        };
        if (!centre.getChildren().equals(List.of(content))) {
            centre.getChildren().setAll(content);
        }
    }

    private Node page() {
        if (model.page() instanceof Page.Disk disk) {
            closeVolume();
            DiskModel open = openDisk;
            DiskView view = openDiskView;
            if (open == null || view == null || !open.name().equals(disk.name())) {
                closeDisk();
                open = pages.disk(disk.name());
                view = new DiskView(open, this, () -> model.goTo(new Page.Overview()));
                openDisk = open;
                openDiskView = view;
            }
            return view;
        }
        closeDisk();
        if (model.page() instanceof Page.Volume volume) {
            VolumeModel open = openVolume;
            VolumePage view = openVolumePage;
            if (open == null || view == null || !open.title().equals(volume.title())) {
                closeVolume();
                open = pages.volume(volume.title());
                view = new VolumePage(open, this, () -> model.goTo(new Page.Volumes()));
                openVolume = open;
                openVolumePage = view;
            }
            return view;
        }
        closeVolume();
        PageFrame tool = tools.of(model.page(), model::open, this::newVolume);
        return tool != null ? tool : model.page() instanceof Page.Volumes ? volumes() : overview;
    }

    /** Made when it is first opened, so that a start does not pay for it. */
    private VolumesView volumes() {
        VolumesView made = volumes;
        if (made == null) {
            made = new VolumesView(volumesModel, this);
            volumes = made;
        }
        return made;
    }

    private void closeVolume() {
        if (openVolume != null) {
            openVolume.close();
        }
        openVolume = null;
        openVolumePage = null;
    }

    private void closeDisk() {
        if (openDisk != null) {
            openDisk.close();
        }
        openDisk = null;
        openDiskView = null;
    }

    private void focusPage() {
        // What a scroll pane holds joins the scene only with its skin, and before that cannot be focused.
        centre.applyCss();
        if (model.sceneryProperty().get() == ShellModel.Scenery.NO_ENGINE) {
            noEngine.focusFirst();
        } else if (openDiskView != null) {
            openDiskView.focusFirst();
        } else if (centre.getChildren().get(0) instanceof PageFrame tool) {
            tool.focusFirst();
        } else if (openVolumePage != null) {
            openVolumePage.focusFirst();
        } else if (model.page() instanceof Page.Volumes) {
            volumes().focusFirst();
        } else {
            overview.focusFirst();
        }
    }

    private static Node loading() {
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setMaxSize(36, 36);
        VBox box = Ui.styled(new VBox(wheel, Ui.label(Texts.of("app.starting"), "muted")), "empty-state");
        box.setAlignment(Pos.CENTER);
        box.setId("loading");
        return box;
    }
}
