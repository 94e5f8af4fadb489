// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.EnumMap;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** Where the disk compresses: the map with its legend, what is pointed at in words, and the way back from a zoom. */
final class HeatCard extends VBox {
    private final InsightModel model;
    private final Map<HeatClass, Region> swatches = new EnumMap<>(HeatClass.class);
    private final HeatMap heat;
    private final Label line = Ui.label("", "muted", "small");
    private final Button back = new Button(Texts.of("disk.map.back"), Ui.icon(MaterialDesignM.MAGNIFY_MINUS_OUTLINE));
    private long sizeBytes;
    private int pointed = -1;

    HeatCard(InsightModel model) {
        this.model = model;
        getStyleClass().addAll("card", "panel");
        FlowPane legend = legend();
        heat = new HeatMap(swatches);
        heat.listen(this::point, this::open, this::further, this::room);
        back.getStyleClass().addAll("flat", "small-button");
        back.setId("map-back");
        back.setTooltip(new Tooltip(Texts.of("disk.map.back.hint")));
        back.setOnAction(event -> further());
        HBox head = new HBox(Ui.label(Texts.of("disk.map"), "card-title", "strong"), Ui.spacer(), back);
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinHeight(26);
        line.setId("map-line");
        line.setMinWidth(0);
        VBox.setVgrow(heat, Priority.ALWAYS);
        getChildren().addAll(new VBox(head, line), heat, legend);
        model.mapProperty().addListener((property, before, now) -> show(now));
        show(model.mapProperty().get());
    }

    private FlowPane legend() {
        FlowPane legend = Ui.styled(new FlowPane(), "heat-legend");
        for (HeatClass kind : HeatClass.values()) {
            Region swatch = Ui.styled(new Region(), "key-swatch", "heat-" + kind.key());
            swatches.put(kind, swatch);
            Label key = Ui.label(Texts.of("disk.map.class." + kind.key()), "key");
            key.setGraphic(swatch);
            legend.getChildren().add(key);
        }
        return legend;
    }

    /** @param newSizeBytes of the disk */
    void setSize(long newSizeBytes) {
        if (sizeBytes != newSizeBytes) {
            sizeBytes = newSizeBytes;
            if (!model.zoomProperty().get().equals(MapZoom.NOTHING)) {
                model.setZoom(model.zoomProperty().get().whole(sizeBytes));
            }
        }
    }

    private void room(int cells) {
        MapZoom zoom = model.zoomProperty().get();
        MapZoom begun = zoom.equals(MapZoom.NOTHING) ? zoom.whole(sizeBytes) : zoom;
        if (sizeBytes > 0) {
            model.setZoom(begun.withCells(cells));
        }
    }

    private void open(int cell) {
        DiskMap map = model.mapProperty().get();
        if (map != null) {
            long middle = map.cellOffset(cell) + map.cellBytes() / 2;
            model.setZoom(model.zoomProperty().get().closer(middle, map.sizeBytes(), map.blockBytes()));
        }
    }

    private void further() {
        DiskMap map = model.mapProperty().get();
        if (map != null && !model.zoomProperty().get().isWhole(map.sizeBytes())) {
            model.setZoom(model.zoomProperty().get().further(map.sizeBytes(), map.blockBytes()));
        }
    }

    private void show(@Nullable DiskMap map) {
        back.setVisible(map != null && !model.zoomProperty().get().isWhole(map.sizeBytes()));
        if (map == null) {
            line.setText(Texts.of("disk.map.reading"));
            return;
        }
        heat.show(map);
        heat.describe(MapWords.summary(map));
        if (pointed < 0) {
            line.setText(MapWords.about(map));
        }
    }

    private void point(int cell) {
        pointed = cell;
        DiskMap map = model.mapProperty().get();
        if (map == null) {
            return;
        }
        if (cell < 0 || cell >= map.cells()) {
            line.setText(MapWords.about(map));
            heat.describe(MapWords.summary(map));
        } else {
            String words = MapWords.cell(map, cell);
            line.setText(words);
            heat.describeCell(words);
        }
    }
}
