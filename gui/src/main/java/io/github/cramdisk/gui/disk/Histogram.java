// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/** Bars of how many blocks are stored in which size. Labels that would touch are left out; every bar has a tooltip. */
final class Histogram extends Region {
    private static final double LABEL_HEIGHT = 18;
    private static final double GAP = 4;
    private static final double WIDEST = 34;
    private static final double LEAST_VISIBLE = 2;
    private static final double LABEL_SPACE = 3;

    private final List<Region> columns = new ArrayList<>();
    private final List<Region> bars = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private final List<Tooltip> tooltips = new ArrayList<>();
    private List<BlockBars.Bar> shown = List.of();

    Histogram() {
        getStyleClass().add("histogram");
    }

    void show(List<BlockBars.Bar> newBars) {
        if (newBars.size() != shown.size()) {
            build(newBars);
        }
        shown = newBars;
        for (int i = 0; i < newBars.size(); i++) {
            tooltips.get(i).setText(newBars.get(i).description());
            labels.get(i).setText(newBars.get(i).label());
        }
        requestLayout();
    }

    private void build(List<BlockBars.Bar> newBars) {
        columns.clear();
        bars.clear();
        labels.clear();
        tooltips.clear();
        for (BlockBars.Bar bar : newBars) {
            Region column = new Region();
            column.getStyleClass().add("bar-column");
            Region region = new Region();
            region.getStyleClass()
                    .addAll(
                            "bar",
                            "bar-" + bar.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            region.setMouseTransparent(true);
            Label label = new Label();
            label.getStyleClass().add("axis-label");
            Tooltip tooltip = new Tooltip();
            tooltip.setShowDelay(Duration.millis(200));
            Tooltip.install(column, tooltip);
            columns.add(column);
            bars.add(region);
            labels.add(label);
            tooltips.add(tooltip);
        }
        getChildren().setAll(columns);
        getChildren().addAll(bars);
        getChildren().addAll(labels);
    }

    @Override
    protected double computePrefHeight(double width) {
        return 220;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 120;
    }

    @Override
    protected void layoutChildren() {
        if (shown.isEmpty()) {
            return;
        }
        double highest = shown.stream().mapToDouble(BlockBars.Bar::share).max().orElse(0);
        double room = getHeight() - LABEL_HEIGHT - 4;
        double slot = getWidth() / shown.size();
        double barWidth = Math.max(3, Math.min(WIDEST, slot - GAP));
        for (int i = 0; i < shown.size(); i++) {
            double share = shown.get(i).share();
            double left = Math.rint(slot * i + (slot - barWidth) / 2);
            double barHeight = share == 0 ? 0 : Math.max(LEAST_VISIBLE, Math.rint(room * share / highest));
            columns.get(i).resizeRelocate(left, 0, barWidth, room);
            bars.get(i).resizeRelocate(left, room - barHeight, barWidth, barHeight);
        }
        layoutLabels(slot, room);
    }

    /** The first and the last label (0, raw) always stand; of those between, the ones that fit. */
    private void layoutLabels(double slot, double room) {
        int last = shown.size() - 1;
        double next = place(0, slot, room) + labelWidth(0) + LABEL_SPACE;
        double rightEnd = place(last, slot, room) - LABEL_SPACE;
        for (int i = 1; i < last; i++) {
            double left = slot * i + (slot - labelWidth(i)) / 2;
            boolean fits = left >= next && left + labelWidth(i) <= rightEnd;
            labels.get(i).setVisible(fits);
            if (fits) {
                next = place(i, slot, room) + labelWidth(i) + LABEL_SPACE;
            }
        }
    }

    private double labelWidth(int index) {
        return Math.ceil(labels.get(index).prefWidth(-1));
    }

    private double place(int index, double slot, double room) {
        double width = labelWidth(index);
        double left = Math.max(0, Math.min(getWidth() - width, Math.rint(slot * index + (slot - width) / 2)));
        labels.get(index).setVisible(true);
        labels.get(index).resizeRelocate(left, room + 6, width, LABEL_HEIGHT);
        return left;
    }
}
