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
    private static final double LEVEL_TOP = 0.7;

    private final Path line = new Path();
    private final Path area = new Path();
    private final Line base = new Line();
    private List<Double> values = List.of();

    public Sparkline() {
        getStyleClass().add("sparkline");
        line.getStyleClass().add("sparkline-line");
        base.getStyleClass().add("sparkline-base");
        area.getStyleClass().add("sparkline-area");
        area.setManaged(false);
        line.setManaged(false);
        base.setManaged(false);
        getChildren().addAll(area, base, line);
    }

    /** @param filled whether the room below the line is filled, as fits a level */
    public void setValues(List<Double> newValues, boolean filled) {
        if (area.isVisible() == filled && values.equals(newValues)) {
            return;
        }
        values = newValues;
        area.setVisible(filled);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double bottom = Math.round(height - INSET) - 0.5;
        base.setEndX(width);
        base.setStartY(bottom);
        base.setEndY(bottom);
        line.getElements().clear();
        area.getElements().clear();
        double highest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        line.setVisible(highest > 0);
        if (highest <= 0 || values.size() < 2) {
            return;
        }
        area.getElements().add(new MoveTo(0, bottom));
        for (int i = 0; i < values.size(); i++) {
            double x = width * i / (values.size() - 1);
            // A level stays below the top, so that one that does not change looks like one.
            double share = values.get(i) / highest * (area.isVisible() ? LEVEL_TOP : 1);
            double y = bottom - (height - 2 * INSET - 1) * share;
            line.getElements().add(i == 0 ? new MoveTo(x, y) : new LineTo(x, y));
            area.getElements().add(new LineTo(x, y));
        }
        area.getElements().add(new LineTo(width, bottom));
    }
}
