// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.CardMenu;
import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.Meter;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sparkline;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** One volume on the overview: what it gives beside what it costs. A click or Enter opens its page. */
final class CardView extends HBox {
    private static final PseudoClass EMPTY = PseudoClass.getPseudoClass("empty");
    private static final PseudoClass NEAR_LIMIT = PseudoClass.getPseudoClass("near-limit");

    private final CardModel model;
    private final CardActions actions;
    private final Label name = Ui.label("", "card-name", "strong");
    private final Label chip = Ui.label("", "chip");
    private final Label details = Ui.label("", "muted", "small");
    private final Tooltip detailsTooltip = new Tooltip();
    private final Label get = Ui.label("", "scale-name");
    private final Label used = Ui.label("", "muted", "small");
    private final Meter getMeter = new Meter("meter-get");
    private final Label costs = Ui.label("", "scale-name");
    private final Label limit = Ui.label("", "muted", "small", "limit");
    private final Meter costMeter = new Meter("meter-cost");
    private final Label ratio = Ui.label("", "ratio", "strong");
    private final Label ratioNote = Ui.label("", "muted", "small");
    private final Sparkline sparkline = new Sparkline();
    private final Label sparkNote = Ui.label("", "muted", "small");

    CardView(CardModel model, CardActions actions) {
        this.model = model;
        this.actions = actions;
        String plainKey = OwnVolumes.plain(model.key());
        getStyleClass().addAll("card", "disk-card", "disk-color-" + model.colorIndex());
        setId("card-" + plainKey);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        name.setText(model.face().title());
        name.setTooltip(new Tooltip(model.face().title()));
        details.setTooltip(detailsTooltip);
        if (!model.isDisk()) {
            // The end of a path tells more than its beginning.
            name.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        }

        Region stripe = Ui.styled(new Region(), "stripe");
        VBox identity = Ui.styled(new VBox(name, chip, details), "identity");
        VBox scales = Ui.styled(new VBox(getMeter.withWords(get, used), costMeter.withWords(costs, limit)), "scales");
        HBox.setHgrow(scales, Priority.ALWAYS);
        VBox numbers = Ui.styled(new VBox(ratio, ratioNote), "numbers");
        VBox.setVgrow(sparkline, Priority.NEVER);
        VBox minute = Ui.styled(new VBox(sparkline, sparkNote), "writes");
        CardMenu menu = new CardMenu(model.key(), "menu-" + plainKey, this, this::menuItems);
        HBox body = Ui.styled(new HBox(identity, scales, numbers, minute, menu), "card-body");
        body.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(body, Priority.ALWAYS);
        getChildren().addAll(stripe, body);

        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
                open();
            }
        });
        setOnKeyPressed(event -> {
            if (event.getTarget() != this) {
                return;
            }
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                open();
                event.consume();
            } else if (event.getCode() == KeyCode.DELETE) {
                remove();
                event.consume();
            }
        });
        model.faceProperty().addListener((property, before, now) -> show(now));
        show(model.face());
    }

    CardModel model() {
        return model;
    }

    private void open() {
        if (model.isDisk()) {
            actions.open(model.key());
        } else {
            actions.open(model.volume());
        }
    }

    private void remove() {
        if (model.isDisk()) {
            actions.remove(model.disk());
        } else {
            actions.remove(model.volume());
        }
    }

    private List<MenuItem> menuItems() {
        List<MenuItem> items = new ArrayList<>();
        items.add(CardMenu.item(Texts.of("overview.details"), MaterialDesignI.INFORMATION_OUTLINE, this::open));
        if (model.isDisk()) {
            items.add(CardMenu.item(
                    Texts.of("common.copy-uri"),
                    MaterialDesignC.CONTENT_COPY,
                    () -> CopyButton.copy(model.disk().uri())));
            items.add(new SeparatorMenuItem());
            items.add(CardMenu.item(
                    Texts.of("overview.reset"), MaterialDesignE.ERASER, () -> actions.reset(model.disk())));
            items.add(CardMenu.danger(Texts.of("overview.remove"), MaterialDesignD.DELETE_OUTLINE, this::remove));
            return items;
        }
        VolumeInfo volume = model.volume();
        String target = volume.target();
        if (target != null) {
            items.add(CardMenu.item(
                    Texts.of("overview.copy-path"), MaterialDesignC.CONTENT_COPY, () -> CopyButton.copy(target)));
        }
        if (volume.kind() == VolumeKind.TMPFS) {
            items.add(CardMenu.item(
                    Texts.of("overview.change"), MaterialDesignR.RESIZE, () -> actions.change(model.volume())));
        }
        items.add(new SeparatorMenuItem());
        items.add(
                volume.kind() == VolumeKind.ZRAM
                        ? CardMenu.danger(Texts.of("overview.remove"), MaterialDesignD.DELETE_OUTLINE, this::remove)
                        : CardMenu.danger(Texts.of("overview.unmount"), MaterialDesignE.EJECT_OUTLINE, this::remove));
        return items;
    }

    private void show(CardFace face) {
        chip.setText(face.chip());
        details.setText(face.details());
        detailsTooltip.setText(face.detailsInFull());
        get.setText(face.get());
        used.setText(face.usedText());
        getMeter.setShare(face.used());
        costs.setText(face.costs());
        limit.setText(face.limitText());
        costMeter.setShare(face.cost());
        ratio.setText(face.ratio());
        ratioNote.setText(face.ratioNote());
        sparkline.setValues(face.spark(), face.level());
        sparkNote.setText(face.sparkNote());
        pseudoClassStateChanged(EMPTY, face.empty());
        pseudoClassStateChanged(NEAR_LIMIT, face.nearLimit());
        setAccessibleText(Texts.of(
                "overview.card",
                face.title(),
                face.get(),
                face.usedText(),
                face.costs(),
                face.limitText(),
                face.ratio(),
                face.chip()));
    }
}
