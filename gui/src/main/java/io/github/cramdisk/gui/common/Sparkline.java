// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

/** A line without axes: the shape of the last minute, scaled to its own highest point. */
public final class Sparkline extends Region {
    private static final double INSET = 2;

    private final Path line = new Path();
    private final Line base = new Line();
    private List<Double> values = List.of();

    public Sparkline() {
        getStyleClass().add("sparkline");
        line.getStyleClass().add("sparkline-line");
        base.getStyleClass().add("sparkline-base");
        line.setManaged(false);
        base.setManaged(false);
        getChildren().addAll(base, line);
    }

    public void setValues(List<Double> newValues) {
        values = newValues;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double bottom = Math.round(height - INSET) - 0.5;
        base.setStartX(0);
        base.setEndX(width);
        base.setStartY(bottom);
        base.setEndY(bottom);
        line.getElements().clear();
        double highest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        line.setVisible(highest > 0);
        if (highest <= 0 || values.size() < 2) {
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            double x = width * i / (values.size() - 1);
            double y = bottom - (height - 2 * INSET - 1) * values.get(i) / highest;
            line.getElements().add(i == 0 ? new MoveTo(x, y) : new LineTo(x, y));
        }
    }
}
