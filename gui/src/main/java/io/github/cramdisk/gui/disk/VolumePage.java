// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.volumes.VolumeActions;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** The page of a volume that is no disk: a tmpfs, a ramfs, a zram device. */
public final class VolumePage extends ScrollPane {
    private static final double NUMBER_WIDTH = 120;
    private static final double CHART_HEIGHT = 280;

    private final VolumeModel model;
    private final Button back = new Button(Texts.of("app.nav.volumes"), Ui.icon(MaterialDesignC.CHEVRON_LEFT));
    private final Label chip = Ui.label("", "chip");
    private final Button change = new Button(Texts.of("disk.change"));
    private final Button open = new Button(Texts.of("disk.volume.open"));
    private final Button remove = new Button();
    private final NumberCard ratio = new NumberCard(Texts.of("disk.ratio"), NUMBER_WIDTH);
    private final NumberCard get = new NumberCard(Texts.of("disk.get"), NUMBER_WIDTH);
    private final NumberCard costs = new NumberCard(Texts.of("disk.costs"), NUMBER_WIDTH);
    private final TimeChart chart = new TimeChart("volume-chart");
    private final Label options = Ui.paragraph("", "mono");
    private final Label users = Ui.paragraph("", "volume-users");
    private final Label notice = Ui.label("", "muted", "small");

    /** @param onBack goes to the list of volumes */
    public VolumePage(VolumeModel model, VolumeActions actions, Runnable onBack) {
        this.model = model;
        getStyleClass().addAll("page-scroll", "disk-color-" + model.colorIndex());
        setId("volume-page");
        setFitToWidth(true);
        setFocusTraversable(false);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        chart.setPrefHeight(CHART_HEIGHT);
        chart.setCurves(
                Axis.Unit.BYTES,
                List.of(
                        new Curve(
                                Texts.of("disk.chart.resident"),
                                "curve-resident",
                                true,
                                (past, step) -> past.residentBytes().get(step)),
                        new Curve(
                                Texts.of("disk.chart.logical"),
                                "curve-logical",
                                true,
                                (past, step) -> past.logicalBytes().get(step))));
        HBox numbers = Ui.styled(new HBox(ratio, get, costs), "number-row");
        numbers.getChildren().forEach(card -> HBox.setHgrow(card, Priority.ALWAYS));
        setContent(Ui.page(
                "disk-page",
                header(actions, onBack),
                numbers,
                past(),
                card("disk.volume.users", users),
                card("disk.volume.options", options)));
        model.faceProperty().addListener((property, before, now) -> show(now));
        show(model.faceProperty().get());
        model.usersProperty().addListener((property, before, now) -> showUsers(now));
        showUsers(model.usersProperty().get());
        model.insight().historyProperty().addListener((property, before, now) -> showPast(now));
        showPast(model.insight().historyProperty().get());
        Visibility.of(this)
                .addListener((property, before, seen) ->
                        model.insight().activeProperty().set(seen));
    }

    /** Where the focus goes when the page is opened. */
    public void focusFirst() {
        back.requestFocus();
    }

    private Node header(VolumeActions actions, Runnable onBack) {
        back.getStyleClass().addAll("flat", "crumb");
        back.setId("back");
        back.setTooltip(new Tooltip(Texts.of("disk.volume.back.hint")));
        back.setOnAction(event -> onBack.run());
        Label title = Ui.label(model.title(), "title", "strong");
        title.setTooltip(new Tooltip(model.title()));
        title.setMinWidth(0);
        chip.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(10, Ui.styled(new Region(), "disk-dot", "disk-dot-large"), title, chip);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinWidth(0);
        HBox.setHgrow(line, Priority.ALWAYS);
        open.setMnemonicParsing(true);
        open.setId("open-folder");
        open.setOnAction(event -> model.openFolder());
        change.setMnemonicParsing(true);
        change.setId("change-volume");
        change.setOnAction(event -> withVolume(actions::change));
        remove.setId("remove-volume");
        remove.getStyleClass().addAll("danger", "button-outlined");
        remove.setOnAction(event -> withVolume(actions::remove));
        HBox buttons = new HBox(8, open, change, remove);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinWidth(USE_PREF_SIZE);
        HBox row = new HBox(16, line, buttons);
        row.setAlignment(Pos.CENTER_LEFT);
        say("");
        return Ui.styled(new VBox(back, row, notice), "disk-head");
    }

    private void withVolume(Consumer<VolumeInfo> action) {
        VolumeModel.Face face = model.faceProperty().get();
        if (face != null) {
            action.accept(face.volume());
        }
    }

    private Node past() {
        return new ChartCard(
                Texts.of("disk.volume.history"),
                List.of(
                        PastCards.spans(model.insight()),
                        new ChartSave(
                                OwnVolumes.plain(model.title()),
                                chart,
                                model.insight().historyProperty()::get,
                                model.tasks(),
                                this::say)),
                chart);
    }

    private void say(String text) {
        notice.setText(text);
        Ui.setShown(notice, !text.isEmpty());
    }

    private static Node card(String key, Node content) {
        return Ui.styled(new VBox(Ui.label(Texts.of(key), "card-title", "strong"), content), "card", "panel");
    }

    private void show(VolumeModel.@Nullable Face face) {
        if (face == null) {
            return;
        }
        chip.setText(face.kind());
        Ui.setShown(open, face.volume().target() != null);
        Ui.setShown(change, face.change());
        Ui.setShown(remove, !face.remove().isEmpty());
        remove.setText(face.remove());
        ratio.show(face.ratio(), face.ratioNote());
        get.show(face.get(), face.getNote());
        costs.show(face.costs(), face.costsNote());
        options.setText(VolumeModel.options(face.volume()));
    }

    private void showUsers(@Nullable List<String> now) {
        users.setText(
                now == null
                        ? Texts.of("disk.volume.users.asking")
                        : now.isEmpty() ? Texts.of("disk.volume.users.none") : String.join("\n", now));
    }

    private void showPast(@Nullable VolumeHistory past) {
        VolumeModel.Face face = model.faceProperty().get();
        Long size = face == null || !face.change() ? null : face.volume().sizeBytes();
        chart.show(past, model.insight().spanProperty().get(), size == null ? VolumeHistory.UNKNOWN : size);
    }
}
