// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.common.NumberCard;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.overview.DiskActions;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The page of one disk. */
public final class DiskView extends ScrollPane {
    private static final double NUMBER_WIDTH = 86;
    private static final double WIDE_NUMBER_WIDTH = 178;
    private static final double ROW_HEIGHT = 300;

    private final DiskModel model;
    private final DiskHeader header;
    private final NumberCard ratio = new NumberCard(Texts.of("disk.ratio"), NUMBER_WIDTH);
    private final NumberCard get = new NumberCard(Texts.of("disk.get"), NUMBER_WIDTH);
    private final NumberCard costs = new NumberCard(Texts.of("disk.costs"), NUMBER_WIDTH);
    private final NumberCard throughput = new NumberCard(Texts.of("disk.throughput"), WIDE_NUMBER_WIDTH);
    private final PastCards charts;
    private final HeatCard heat;
    private final Histogram histogram = new Histogram();
    private final Label blocks = Ui.label("", "muted", "small");
    private final GridPane counts = Ui.styled(new GridPane(), "counts");
    private final UsageBox usage = new UsageBox();

    /** @param onBack goes to the overview */
    public DiskView(DiskModel model, DiskActions actions, Runnable onBack) {
        this.model = model;
        this.header = new DiskHeader(model, actions, onBack);
        this.charts = new PastCards(model.name(), model.insight(), model.tasks(), model::say, this::info);
        this.heat = new HeatCard(model.insight());
        getStyleClass().addAll("page-scroll", "disk-color-" + model.colorIndex());
        setFitToWidth(true);
        setFocusTraversable(false);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setId("disk-page");

        Node first = pair(charts.memory(), new CodecCard(model.insight()));
        Node second = pair(heat, histogramCard());
        setContent(Ui.page(
                "disk-page", header, numbers(), first, second, charts.traffic(), pair(usageCard(), countsCard())));

        model.faceProperty().addListener((property, before, now) -> show(now));
        show(model.faceProperty().get());
        followVisibility();
    }

    /** Where the focus goes when the page is opened. */
    public void focusFirst() {
        header.focusFirst();
    }

    /** What nobody sees is not asked for. */
    private void followVisibility() {
        Visibility.of(this)
                .addListener((property, before, seen) ->
                        model.insight().activeProperty().set(seen));
    }

    private @Nullable DiskInfo info() {
        DiskModel.Face face = model.faceProperty().get();
        return face == null ? null : face.info();
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

    private Node histogramCard() {
        VBox.setVgrow(histogram, Priority.ALWAYS);
        VBox head = new VBox(2, Ui.label(Texts.of("disk.histogram"), "card-title", "strong"), blocks);
        VBox card = Ui.styled(new VBox(head, histogram), "card", "panel");
        card.setPrefHeight(ROW_HEIGHT);
        return card;
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
        header.show(face);
        ratio.show(face.ratio(), face.ratioNote());
        get.show(face.get(), face.getNote());
        costs.show(face.costs(), face.costsNote());
        throughput.show(face.throughput(), face.latency());
        heat.setSize(face.info().sizeBytes());
        histogram.show(face.bars());
        blocks.setText(face.blocks());
        showCounts(face.counts());
        usage.show(face.info().uri());
    }

    private void showCounts(List<DiskModel.Count> rows) {
        if (counts.getChildren().size() != rows.size() * 2) {
            counts.getChildren().clear();
            for (int i = 0; i < rows.size(); i++) {
                counts.add(new VBox(Ui.label(""), Ui.label("", "muted", "small")), 0, i);
                Label number = Ui.label("", "count-number");
                number.setMinWidth(USE_PREF_SIZE);
                counts.add(number, 1, i);
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            VBox words = (VBox) counts.getChildren().get(2 * i);
            ((Label) words.getChildren().get(0)).setText(rows.get(i).label());
            ((Label) words.getChildren().get(1)).setText(rows.get(i).note());
            ((Label) counts.getChildren().get(2 * i + 1)).setText(rows.get(i).number());
        }
    }
}
