// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.gui.common.CardMenu;
import io.github.cramdisk.gui.common.EmptyState;
import io.github.cramdisk.gui.common.RefusalBox;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** The page of every volume in memory: those of Cramdisk, and all others. */
public final class VolumesView extends ScrollPane {
    private static final double WHEEL = 36;

    private final VolumesModel model;
    private final VolumeActions actions;
    private final MenuButton newVolume;
    private final VBox ours = Ui.styled(new VBox(), "cards");
    private final VBox foreign = Ui.styled(new VBox(), "cards");
    private final Node oursHead = Ui.label(Texts.of("volumes.yours"), "heading", "strong");
    private final Node foreignHead;
    private final EmptyState empty;
    private final Node loading;
    private final Button retry = new Button(Texts.of("common.retry"), Ui.icon(MaterialDesignR.REFRESH));

    public VolumesView(VolumesModel model, VolumeActions actions) {
        this.model = model;
        this.actions = actions;
        getStyleClass().add("page-scroll");
        setId("volumes");
        setFitToWidth(true);
        setFocusTraversable(false);
        setHbarPolicy(ScrollBarPolicy.NEVER);

        newVolume = new MenuButton(Texts.of("volumes.new"), Ui.icon(MaterialDesignP.PLUS));
        newVolume.setId("new-volume");
        newVolume.getStyleClass().addAll("accent", "new-disk");
        newVolume.setMinWidth(USE_PREF_SIZE);
        newVolume.getItems().setAll(newItems());
        VBox titles = Ui.styled(
                new VBox(
                        Ui.label(Texts.of("volumes.title"), "title", "strong"),
                        Ui.label(Texts.of("volumes.subtitle"), "muted")),
                "titles");
        HBox.setHgrow(titles, Priority.ALWAYS);
        titles.setMinWidth(0);
        HBox head = Ui.styled(new HBox(titles, newVolume), "page-head");
        head.setAlignment(Pos.TOP_LEFT);

        Label warning = Ui.message(model.warningProperty(), "notice", "notice-warning");
        warning.setId("volumes-warning");
        warning.setGraphic(Ui.icon(MaterialDesignA.ALERT_OUTLINE));
        retry.setMnemonicParsing(true);
        retry.setId("volumes-retry");
        retry.setOnAction(event -> model.refresh());

        HBox foreignLine = Ui.styled(
                new HBox(
                        Ui.label(Texts.of("volumes.foreign"), "heading", "strong"),
                        Ui.label(Texts.of("volumes.foreign.note"), "muted")),
                "cards-head");
        foreignLine.setAlignment(Pos.BASELINE_LEFT);
        foreignHead = foreignLine;
        Button first = new Button(Texts.of("volumes.first"));
        first.getStyleClass().add("accent");
        first.setId("empty-new-tmpfs");
        first.setOnAction(event -> actions.newTmpfs());
        empty = new EmptyState(
                MaterialDesignF.FOLDER_OUTLINE, Texts.of("volumes.empty"), Texts.of("volumes.empty.text"), first);
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setMaxSize(WHEEL, WHEEL);
        VBox waiting = Ui.styled(new VBox(wheel, Ui.label(Texts.of("volumes.loading"), "muted")), "empty-state");
        waiting.setAlignment(Pos.CENTER);
        waiting.setId("volumes-loading");
        loading = waiting;

        setContent(Ui.page(
                "volumes",
                head,
                new RefusalBox(model.refusalProperty(), "volumes-"),
                retry,
                warning,
                loading,
                oursHead,
                empty,
                ours,
                foreignHead,
                foreign));
        model.ours().addListener((ListChangeListener<VolumeFace>) change -> show());
        model.foreign().addListener((ListChangeListener<VolumeFace>) change -> show());
        model.stateProperty().addListener((property, before, now) -> show());
        sceneProperty().addListener((property, before, scene) -> model.setShown(scene != null));
        show();
    }

    /** Where the focus goes when the page is opened. */
    public void focusFirst() {
        newVolume.requestFocus();
    }

    private List<MenuItem> newItems() {
        MenuItem tmpfs =
                CardMenu.item(Texts.of("volumes.new.tmpfs"), MaterialDesignF.FOLDER_OUTLINE, actions::newTmpfs);
        tmpfs.setId("new-tmpfs");
        MenuItem ramfs =
                CardMenu.item(Texts.of("volumes.new.ramfs"), MaterialDesignL.LOCK_OPEN_OUTLINE, actions::newRamfs);
        ramfs.setId("new-ramfs");
        MenuItem zram = CardMenu.item(Texts.of("volumes.new.zram"), MaterialDesignC.CHIP, actions::newZram);
        zram.setId("new-zram");
        return List.of(tmpfs, ramfs, zram);
    }

    private void show() {
        VolumesModel.State state = model.stateProperty().get();
        boolean list = state == VolumesModel.State.LIST;
        Ui.setShown(loading, state == VolumesModel.State.LOADING);
        Ui.setShown(retry, state == VolumesModel.State.FAILED);
        Ui.setShown(oursHead, list);
        Ui.setShown(empty, list && model.ours().isEmpty());
        Ui.setShown(foreignHead, list && !model.foreign().isEmpty());
        fill(ours, model.ours(), true);
        fill(foreign, model.foreign(), false);
    }

    /** Cards of volumes that have not changed are kept: open menus are theirs. */
    private void fill(VBox box, ObservableList<VolumeFace> faces, boolean own) {
        Map<Object, Node> known = new HashMap<>();
        box.getChildren().forEach(node -> known.put(node.getUserData(), node));
        List<Node> cards = faces.stream()
                .map(face -> {
                    Node card = known.get(face);
                    return card != null ? card : card(face, own);
                })
                .toList();
        if (!box.getChildren().equals(cards)) {
            box.getChildren().setAll(cards);
        }
        Ui.setShown(box, !cards.isEmpty());
    }

    private Node card(VolumeFace face, boolean own) {
        VolumeCard card = new VolumeCard(face, model, actions);
        if (own) {
            card.getStyleClass().add("disk-color-" + model.colorOf(face));
        }
        card.setUserData(face);
        return card;
    }
}
