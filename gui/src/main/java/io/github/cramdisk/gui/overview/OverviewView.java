// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.create.Draft;
import io.github.cramdisk.gui.create.NewVolume;
import io.github.cramdisk.gui.create.Purpose;
import io.github.cramdisk.gui.create.PurposeTile;
import io.github.cramdisk.gui.memorybar.MemoryBar;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The first page: the machine's memory, the user's volumes, and what else is in memory. */
public final class OverviewView extends StackPane {
    private static final double TOAST_MARGIN = 24;

    private final OverviewModel model;
    private final CardActions actions;
    private final VBox cards = Ui.styled(new VBox(), "cards");
    private final HBox cardsHead;
    private final VBox empty;
    private final List<PurposeTile> tiles = new ArrayList<>();
    private final MemoryBar bar = new MemoryBar();
    private String awaited = "";

    /** @param onNewVolume asks for a form, with a size where one was drawn */
    public OverviewView(OverviewModel model, CardActions actions, NewVolume onNewVolume) {
        this.model = model;
        this.actions = actions;
        bar.setId("memory-bar");
        bar.partsProperty().bind(model.memoryProperty());
        bar.setEstimator(model::estimate);
        bar.setOnDrawn(bytes -> onNewVolume.ask(Purpose.DISK, Draft.ofSize(new ByteSize(bytes))));
        bar.setOnVolumeChosen(key -> model.volume(key).ifPresentOrElse(actions::open, () -> actions.open(key)));
        bar.setOnResized(model::resize);

        Label total = Ui.label(model.totalProperty(), "muted");
        cardsHead = Ui.styled(new HBox(Ui.label(Texts.of("overview.yours"), "heading", "strong"), total), "cards-head");
        cardsHead.setAlignment(Pos.BASELINE_LEFT);
        empty = empty(onNewVolume);

        VBox page = Ui.page(
                "overview",
                head(onNewVolume),
                bar,
                cardsHead,
                cards,
                empty,
                new ForeignPanel(model.foreign(), model::adopt));
        ScrollPane scroll = new ScrollPane(page);
        scroll.getStyleClass().add("page-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setFocusTraversable(false);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        ToastView toast = new ToastView(model.toastProperty(), model::dismissToast);
        setAlignment(toast, Pos.BOTTOM_CENTER);
        setMargin(toast, new Insets(TOAST_MARGIN));
        getChildren().addAll(scroll, toast);

        model.cards().addListener((ListChangeListener<CardModel>) change -> showCards());
        model.memoryProperty().addListener((property, before, now) -> showGains());
        showCards();
    }

    private Node head(NewVolume onNewVolume) {
        Button newVolume = new Button(Texts.of("overview.new-volume"), Ui.icon(MaterialDesignP.PLUS));
        newVolume.setMnemonicParsing(true);
        newVolume.getStyleClass().addAll("accent", "new-disk");
        newVolume.setId("new-volume");
        newVolume.setTooltip(new Tooltip(Texts.of("overview.new-volume.hint")));
        newVolume.setOnAction(event -> onNewVolume.ask(Purpose.DISK, Draft.EMPTY));
        newVolume.setMinWidth(USE_PREF_SIZE);
        VBox titles = new VBox(
                Ui.label(Texts.of("overview.title"), "title", "strong"), Ui.label(model.subtitleProperty(), "muted"));
        titles.getStyleClass().add("titles");
        HBox.setHgrow(titles, Priority.ALWAYS);
        titles.setMinWidth(0);
        HBox head = Ui.styled(new HBox(titles, newVolume), "page-head");
        head.setAlignment(Pos.TOP_LEFT);
        return head;
    }

    /** What can be made, and what it would bring on this machine, while there is nothing yet. */
    private VBox empty(NewVolume onNewVolume) {
        HBox row = Ui.styled(new HBox(), "tiles");
        for (Purpose purpose : new Purpose[] {Purpose.SCRATCH, Purpose.DISK, Purpose.SWAP}) {
            PurposeTile tile = new PurposeTile(purpose, () -> onNewVolume.ask(purpose, Draft.EMPTY));
            HBox.setHgrow(tile, Priority.ALWAYS);
            tile.setPrefWidth(200);
            tile.setUserData(purpose);
            tiles.add(tile);
            row.getChildren().add(tile);
        }
        VBox box = Ui.styled(
                new VBox(
                        Ui.label(Texts.of("overview.empty"), "heading", "strong"),
                        Ui.label(Texts.of("overview.empty.text"), "muted"),
                        row,
                        Ui.label(Texts.of("overview.empty.hint"), "muted", "small")),
                "first-volume");
        box.setId("empty");
        return box;
    }

    /** Where the focus goes when the page is opened. */
    public void focusFirst() {
        bar.requestFocus();
    }

    /** Says at the foot of the page what could not be done. */
    public void tell(String sentence) {
        model.say(new Toast(sentence, true, null));
    }

    /** Brings the card of a volume to the focus as soon as there is one, such as one just created. */
    public void focusWhenShown(String key) {
        awaited = key;
        focusAwaited();
    }

    private void focusAwaited() {
        for (Node node : cards.getChildren()) {
            if (node instanceof CardView card && card.model().key().equals(awaited)) {
                awaited = "";
                card.requestFocus();
            }
        }
    }

    private void showGains() {
        if (empty.isVisible()) {
            tiles.forEach(tile -> tile.setGain(model.gain((Purpose) tile.getUserData())));
        }
    }

    private void showCards() {
        // Cards of volumes that stay are kept: the focus and open menus are theirs.
        List<CardView> shown = model.cards().stream().map(this::cardOf).toList();
        if (!cards.getChildren().equals(shown)) {
            cards.getChildren().setAll(shown);
        }
        boolean none = model.cards().isEmpty();
        Ui.setShown(empty, none);
        Ui.setShown(cards, !none);
        Ui.setShown(cardsHead, !none);
        showGains();
        focusAwaited();
    }

    private CardView cardOf(CardModel volume) {
        for (Node node : cards.getChildren()) {
            if (node instanceof CardView card && card.model() == volume) {
                return card;
            }
        }
        return new CardView(volume, actions);
    }
}
