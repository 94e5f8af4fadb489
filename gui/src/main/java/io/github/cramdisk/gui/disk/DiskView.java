// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.overview.DiskActions;
import io.github.cramdisk.gui.overview.DiskFaces;
import java.time.Duration;
import java.util.List;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;

/** The page of one disk. */
public final class DiskView extends ScrollPane {
    private static final double NUMBER_WIDTH = 100;
    private static final double WIDE_NUMBER_WIDTH = 155;

    private final DiskModel model;
    private final Label chip = Ui.label("", "chip");
    private final Label readOnly = Ui.label(Texts.of("disk.read-only"), "chip");
    private final NumberCard ratio = new NumberCard(Texts.of("disk.ratio"), NUMBER_WIDTH);
    private final NumberCard get = new NumberCard(Texts.of("disk.get"), NUMBER_WIDTH);
    private final NumberCard costs = new NumberCard(Texts.of("disk.costs"), NUMBER_WIDTH);
    private final NumberCard throughput = new NumberCard(Texts.of("disk.throughput"), WIDE_NUMBER_WIDTH);
    private final HistoryChart chart = new HistoryChart();
    private final Histogram histogram = new Histogram();
    private final Label blocks = Ui.label("", "muted", "small");
    private final GridPane counts = Ui.styled(new GridPane(), "counts");
    private final UsageBox usage = new UsageBox();
    private final Button back = new Button(Texts.of("app.nav.overview"), Ui.icon(MaterialDesignC.CHEVRON_LEFT));

    /** @param onBack goes to the overview */
    public DiskView(DiskModel model, DiskActions actions, Runnable onBack) {
        this.model = model;
        getStyleClass().addAll("page-scroll", "disk-color-" + model.colorIndex());
        setFitToWidth(true);
        setFitToHeight(true);
        setFocusTraversable(false);
        setHbarPolicy(ScrollBarPolicy.NEVER);

        VBox page = Ui.styled(
                new VBox(
                        header(actions, onBack),
                        numbers(),
                        pair(historyCard(), histogramCard()),
                        pair(usageCard(), countsCard())),
                "page",
                "disk-page");
        VBox.setVgrow(page.getChildren().get(2), Priority.ALWAYS);
        setContent(page);

        model.spanProperty().addListener((property, before, now) -> showChart());
        model.faceProperty().addListener((property, before, now) -> show(now));
        show(model.faceProperty().get());
    }

    /** Where the focus goes when the page is opened. */
    public void focusFirst() {
        back.requestFocus();
    }

    private Node header(DiskActions actions, Runnable onBack) {
        back.getStyleClass().addAll("flat", "crumb");
        back.setId("back");
        back.setTooltip(new Tooltip(Texts.of("disk.back.hint")));
        back.setOnAction(event -> onBack.run());
        Region dot = Ui.styled(new Region(), "disk-dot", "disk-dot-large");
        Label title = Ui.label(model.name(), "title", "strong");
        title.setTooltip(new Tooltip(model.name()));
        title.setMinWidth(0);
        chip.setMinWidth(Region.USE_PREF_SIZE);
        readOnly.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(10, dot, title, chip, readOnly);
        line.setAlignment(Pos.CENTER_LEFT);
        VBox left = new VBox(2, back, line);
        left.setMinWidth(0);
        HBox.setHgrow(left, Priority.ALWAYS);

        CopyButton copy = new CopyButton(Texts.of("common.copy-uri"), Texts.of("common.copy-uri"), () -> info().uri());
        copy.getStyleClass().remove("flat");
        copy.setId("copy-uri");
        Button reset = new Button(Texts.of("disk.reset"), Ui.icon(MaterialDesignE.ERASER));
        reset.setMnemonicParsing(true);
        reset.setId("reset");
        reset.setOnAction(event -> actions.reset(info()));
        Button remove = new Button(Texts.of("disk.remove"), Ui.icon(MaterialDesignD.DELETE_OUTLINE));
        remove.setMnemonicParsing(true);
        remove.setId("remove");
        remove.getStyleClass().addAll("danger", "button-outlined");
        remove.setOnAction(event -> actions.remove(info()));
        HBox buttons = new HBox(8, copy, reset, remove);
        buttons.setAlignment(Pos.BOTTOM_RIGHT);
        buttons.setMinWidth(Region.USE_PREF_SIZE);
        HBox header = Ui.styled(new HBox(16, left, buttons), "page-head");
        header.setAlignment(Pos.BOTTOM_LEFT);
        return header;
    }

    private io.github.cramdisk.api.DiskInfo info() {
        DiskModel.Face face = model.faceProperty().get();
        if (face == null) {
            throw new IllegalStateException("the page of " + model.name() + " is shown without the disk");
        }
        return face.info();
    }

    private Node numbers() {
        HBox row = Ui.styled(new HBox(ratio, get, costs, throughput), "number-row");
        row.getChildren().forEach(card -> HBox.setHgrow(card, Priority.ALWAYS));
        return row;
    }

    /** Two cards side by side, the left one twice as wide. */
    private static Node pair(Node left, Node right) {
        GridPane grid = Ui.styled(new GridPane(), "pair");
        grid.getColumnConstraints().addAll(share(66), share(34));
        RowConstraints height = new RowConstraints();
        height.setVgrow(Priority.ALWAYS);
        height.setFillHeight(true);
        height.setValignment(VPos.TOP);
        grid.getRowConstraints().add(height);
        grid.add(left, 0, 0);
        grid.add(right, 1, 0);
        return grid;
    }

    private static ColumnConstraints share(double percent) {
        ColumnConstraints column = new ColumnConstraints();
        column.setPercentWidth(percent);
        column.setFillWidth(true);
        return column;
    }

    private Node historyCard() {
        ToggleGroup group = new ToggleGroup();
        HBox spans = Ui.styled(new HBox(), "segments");
        for (Duration choice : DiskModel.SPANS) {
            ToggleButton toggle = new ToggleButton(Texts.of("disk.span", choice.toMinutes()));
            toggle.setId("span-" + choice.toMinutes());
            toggle.getStyleClass().add("segment");
            toggle.setToggleGroup(group);
            toggle.setSelected(choice.equals(model.spanProperty().get()));
            toggle.selectedProperty().addListener((property, before, selected) -> {
                if (selected) {
                    model.spanProperty().set(choice);
                }
            });
            spans.getChildren().add(toggle);
        }
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        HBox head = new HBox(Ui.label(Texts.of("disk.history"), "card-title", "strong"), Ui.spacer(), spans);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(chart, Priority.ALWAYS);
        return Ui.styled(new VBox(head, chart), "card", "panel");
    }

    private Node histogramCard() {
        VBox.setVgrow(histogram, Priority.ALWAYS);
        VBox head = new VBox(2, Ui.label(Texts.of("disk.histogram"), "card-title", "strong"), blocks);
        return Ui.styled(new VBox(head, histogram), "card", "panel");
    }

    private Node usageCard() {
        return Ui.styled(new VBox(Ui.label(Texts.of("disk.use"), "card-title", "strong"), usage), "card", "panel");
    }

    private Node countsCard() {
        ColumnConstraints label = new ColumnConstraints();
        label.setHgrow(Priority.ALWAYS);
        ColumnConstraints number = new ColumnConstraints();
        number.setHalignment(javafx.geometry.HPos.RIGHT);
        counts.getColumnConstraints().setAll(label, number);
        return Ui.styled(new VBox(Ui.label(Texts.of("disk.counts"), "card-title", "strong"), counts), "card", "panel");
    }

    private void show(DiskModel.@Nullable Face face) {
        if (face == null) {
            return;
        }
        chip.setText(DiskFaces.chip(face.info()));
        Ui.setShown(readOnly, face.info().readOnly());
        ratio.show(face.ratio(), face.ratioNote());
        get.show(face.get(), face.getNote());
        costs.show(face.costs(), face.costsNote());
        throughput.show(face.throughput(), face.throughputNote());
        histogram.show(face.bars());
        blocks.setText(face.blocks());
        showCounts(face.counts());
        usage.show(face.info().uri());
        showChart();
    }

    private void showCounts(List<DiskModel.Count> rows) {
        if (counts.getChildren().size() != rows.size() * 2) {
            counts.getChildren().clear();
            for (int i = 0; i < rows.size(); i++) {
                counts.add(new VBox(Ui.label(""), Ui.label("", "muted", "small")), 0, i);
                counts.add(Ui.label("", "count-number"), 1, i);
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            VBox words = (VBox) counts.getChildren().get(2 * i);
            ((Label) words.getChildren().get(0)).setText(rows.get(i).label());
            ((Label) words.getChildren().get(1)).setText(rows.get(i).note());
            ((Label) counts.getChildren().get(2 * i + 1)).setText(rows.get(i).number());
        }
    }

    private void showChart() {
        DiskModel.Face face = model.faceProperty().get();
        chart.show(
                model.history(),
                model.spanProperty().get(),
                face == null ? null : face.info().ramLimitBytes());
    }

    /** A number with its name above and a note below. */
    private static final class NumberCard extends VBox {
        private final Label number = Ui.label("", "number", "strong");
        private final Label note = Ui.label("", "muted", "small");

        NumberCard(String name, double width) {
            getStyleClass().addAll("card", "number-card");
            getChildren().addAll(Ui.label(name, "muted"), number, note);
            // Equal widths, whatever the numbers: a card that grows with its text would push the others about.
            setPrefWidth(width);
            setMinWidth(0);
        }

        void show(String text, String noteText) {
            number.setText(text);
            note.setText(noteText);
        }
    }
}
