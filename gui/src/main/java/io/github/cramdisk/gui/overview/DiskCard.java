// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.gui.common.CardMenu;
import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.Meter;
import io.github.cramdisk.gui.common.Sparkline;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
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

/** One disk on the overview: what it gives beside what it costs. A click or Enter opens its page. */
final class DiskCard extends HBox {
    private static final PseudoClass EMPTY = PseudoClass.getPseudoClass("empty");
    private static final PseudoClass NEAR_LIMIT = PseudoClass.getPseudoClass("near-limit");

    private final DiskCardModel model;
    private final DiskActions actions;
    private final Label name = Ui.label("", "card-name", "strong");
    private final Label chip = Ui.label("", "chip");
    private final Label clients = Ui.label("", "muted", "small");
    private final Label get = Ui.label("", "scale-name");
    private final Label used = Ui.label("", "muted", "small");
    private final Meter getMeter = new Meter("meter-get");
    private final Label costs = Ui.label("", "scale-name");
    private final Label limit = Ui.label("", "muted", "small", "limit");
    private final Meter costMeter = new Meter("meter-cost");
    private final Label ratio = Ui.label("", "ratio", "strong");
    private final Label ratioNote = Ui.label("", "muted", "small");
    private final Sparkline sparkline = new Sparkline();

    DiskCard(DiskCardModel model, DiskActions actions) {
        this.model = model;
        this.actions = actions;
        getStyleClass().addAll("card", "disk-card", "disk-color-" + model.colorIndex());
        setId("card-" + model.name());
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        name.setText(model.name());
        name.setTooltip(new Tooltip(model.name()));

        Region stripe = Ui.styled(new Region(), "stripe");
        VBox identity = Ui.styled(new VBox(name, chip, clients), "identity");
        VBox scales = Ui.styled(new VBox(getMeter.withWords(get, used), costMeter.withWords(costs, limit)), "scales");
        HBox.setHgrow(scales, Priority.ALWAYS);
        VBox numbers = Ui.styled(new VBox(ratio, ratioNote), "numbers");
        VBox.setVgrow(sparkline, Priority.NEVER);
        VBox writes =
                Ui.styled(new VBox(sparkline, Ui.label(Texts.of("overview.written"), "muted", "small")), "writes");
        CardMenu menu = new CardMenu(model.name(), "menu-" + model.name(), this, this::menuItems);
        HBox body = Ui.styled(new HBox(identity, scales, numbers, writes, menu), "card-body");
        body.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(body, Priority.ALWAYS);
        getChildren().addAll(stripe, body);

        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
                actions.open(model.name());
            }
        });
        setOnKeyPressed(event -> {
            if (event.getTarget() != this) {
                return;
            }
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                actions.open(model.name());
                event.consume();
            } else if (event.getCode() == KeyCode.DELETE) {
                actions.remove(model.face().info());
                event.consume();
            }
        });
        ReadOnlyObjectProperty<DiskCardModel.Face> face = model.faceProperty();
        face.addListener((property, before, now) -> show(now));
        show(face.get());
    }

    DiskCardModel model() {
        return model;
    }

    private List<MenuItem> menuItems() {
        return List.of(
                CardMenu.item(
                        Texts.of("overview.details"),
                        MaterialDesignI.INFORMATION_OUTLINE,
                        () -> actions.open(model.name())),
                CardMenu.item(
                        Texts.of("common.copy-uri"), MaterialDesignC.CONTENT_COPY, () -> CopyButton.copy(info().uri())),
                new SeparatorMenuItem(),
                CardMenu.item(Texts.of("overview.reset"), MaterialDesignE.ERASER, () -> actions.reset(info())),
                CardMenu.danger(
                        Texts.of("overview.remove"), MaterialDesignD.DELETE_OUTLINE, () -> actions.remove(info())));
    }

    private io.github.cramdisk.api.DiskInfo info() {
        return model.face().info();
    }

    private void show(DiskCardModel.Face face) {
        chip.setText(face.chip());
        clients.setText(face.users());
        get.setText(face.get());
        used.setText(face.usedText());
        getMeter.setShare(face.used());
        costs.setText(face.costs());
        limit.setText(face.limitText());
        costMeter.setShare(face.cost());
        ratio.setText(face.ratio());
        ratioNote.setText(face.ratioNote());
        sparkline.setValues(face.writes());
        pseudoClassStateChanged(EMPTY, face.info().logicalBytes() == 0);
        pseudoClassStateChanged(NEAR_LIMIT, face.nearLimit());
        setAccessibleText(Texts.of(
                "overview.card",
                model.name(),
                face.get(),
                face.usedText(),
                face.costs(),
                face.limitText(),
                face.ratio()));
    }
}
