// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.gui.common.EmptyState;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.memorybar.MemoryBar;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The first page. */
public final class OverviewView extends ScrollPane {
    private final OverviewModel model;
    private final DiskActions actions;
    private final VBox cards = Ui.styled(new VBox(), "cards");
    private final HBox cardsHead;
    private final EmptyState empty;
    private final MemoryBar bar = new MemoryBar();
    private String awaited = "";

    /** @param onNewDisk asks for the create dialog, with a size where one was drawn */
    public OverviewView(OverviewModel model, DiskActions actions, Consumer<@Nullable ByteSize> onNewDisk) {
        this.model = model;
        this.actions = actions;
        getStyleClass().add("page-scroll");
        setFitToWidth(true);
        setFocusTraversable(false);
        setHbarPolicy(ScrollBarPolicy.NEVER);

        Button newDisk = new Button(Texts.of("overview.new-disk"), Ui.icon(MaterialDesignP.PLUS));
        newDisk.setMnemonicParsing(true);
        newDisk.getStyleClass().addAll("accent", "new-disk");
        newDisk.setId("new-disk");
        newDisk.setTooltip(new Tooltip(Texts.of("overview.new-disk.hint")));
        newDisk.setOnAction(event -> onNewDisk.accept(null));
        newDisk.setMinWidth(USE_PREF_SIZE);

        VBox titles = new VBox(
                Ui.label(Texts.of("overview.title"), "title", "strong"), Ui.label(model.subtitleProperty(), "muted"));
        titles.getStyleClass().add("titles");
        HBox.setHgrow(titles, Priority.ALWAYS);
        titles.setMinWidth(0);
        HBox head = Ui.styled(new HBox(titles, newDisk), "page-head");
        head.setAlignment(Pos.TOP_LEFT);

        bar.setId("memory-bar");
        bar.partsProperty().bind(model.memoryProperty());
        bar.setEstimator(model::estimate);
        bar.setOnDrawn(bytes -> onNewDisk.accept(new ByteSize(bytes)));
        bar.setOnDiskChosen(actions::open);

        Label total = Ui.label(model.totalProperty(), "muted");
        cardsHead = Ui.styled(new HBox(Ui.label(Texts.of("overview.disks"), "heading", "strong"), total), "cards-head");
        cardsHead.setAlignment(Pos.BASELINE_LEFT);
        Button first = new Button(Texts.of("overview.first"));
        first.getStyleClass().add("accent");
        first.setId("empty-new-disk");
        first.setOnAction(event -> onNewDisk.accept(null));
        empty = new EmptyState(
                MaterialDesignM.MEMORY,
                Texts.of("overview.empty"),
                Texts.of("overview.empty.text"),
                first,
                Ui.label(Texts.of("overview.empty.hint"), "muted", "small"));

        VBox page = Ui.styled(new VBox(head, bar, cardsHead, cards, empty), "page", "overview");
        setContent(page);
        setFitToHeight(true);

        model.disks().addListener((ListChangeListener<DiskCardModel>) change -> showDisks());
        showDisks();
    }

    /** Where the focus goes when the page is opened. */
    public void focusFirst() {
        bar.requestFocus();
    }

    /** Brings a disk's card to the focus as soon as there is one, such as that of a disk just created. */
    public void focusWhenShown(String name) {
        awaited = name;
        focusAwaited();
    }

    private void focusAwaited() {
        for (var node : cards.getChildren()) {
            if (node instanceof DiskCard card && card.model().name().equals(awaited)) {
                awaited = "";
                card.requestFocus();
            }
        }
    }

    private void showDisks() {
        // Cards of disks that stay are kept: the focus and open menus are theirs.
        List<DiskCard> shown = model.disks().stream().map(this::cardOf).toList();
        if (!cards.getChildren().equals(shown)) {
            cards.getChildren().setAll(shown);
        }
        boolean none = model.disks().isEmpty();
        Ui.setShown(empty, none);
        Ui.setShown(cards, !none);
        Ui.setShown(cardsHead, !none);
        focusAwaited();
    }

    private DiskCard cardOf(DiskCardModel disk) {
        for (var node : cards.getChildren()) {
            if (node instanceof DiskCard card && card.model() == disk) {
                return card;
            }
        }
        return new DiskCard(disk, actions);
    }
}
