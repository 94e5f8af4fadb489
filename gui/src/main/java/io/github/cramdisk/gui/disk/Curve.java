// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.VolumeHistory;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;

/** One curve of a {@link TimeChart}: its line, the area below it and its name. */
final class Curve {
    private final Value value;
    private final boolean filled;
    private final String name;
    private final Path line = new Path();
    private final Path area = new Path();
    private final Label label;

    /** The height of a curve at a step. */
    @FunctionalInterface
    interface Value {
        double of(VolumeHistory history, int step);
    }

    Curve(String name, String styleClass, boolean filled, Value value) {
        this.name = name;
        this.value = value;
        this.filled = filled;
        this.label = new Label(name);
        line.getStyleClass().addAll("curve", styleClass);
        area.getStyleClass().addAll("curve-area", styleClass + "-area");
        label.getStyleClass().addAll("curve-label", styleClass + "-label");
    }

    String name() {
        return name;
    }

    Path line() {
        return line;
    }

    Path area() {
        return area;
    }

    Label label() {
        return label;
    }

    double at(VolumeHistory history, int step) {
        return value.of(history, step);
    }

    double highest(VolumeHistory history) {
        double highest = 0;
        for (int step = 0; step < history.size(); step++) {
            if (history.isKnown(step)) {
                highest = Math.max(highest, at(history, step));
            }
        }
        return highest;
    }

    /** Draws what is known; where the engine was away, the line is broken. */
    void draw(VolumeHistory history, ChartScale scale) {
        List<PathElement> strokes = new ArrayList<>();
        List<PathElement> fills = new ArrayList<>();
        double base = scale.y(0);
        double lastX = Double.NaN;
        for (int step = 0; step < history.size(); step++) {
            if (!history.isKnown(step)) {
                close(fills, lastX, base);
                lastX = Double.NaN;
                continue;
            }
            double x = scale.x(history.timeMillis(step));
            double y = scale.y(at(history, step));
            if (Double.isNaN(lastX)) {
                strokes.add(new MoveTo(x, y));
                fills.add(new MoveTo(x, base));
            } else {
                strokes.add(new LineTo(x, y));
            }
            fills.add(new LineTo(x, y));
            lastX = x;
        }
        close(fills, lastX, base);
        line.getElements().setAll(strokes);
        area.getElements().setAll(filled ? fills : List.of());
    }

    private static void close(List<PathElement> fills, double x, double base) {
        if (!Double.isNaN(x)) {
            fills.add(new LineTo(x, base));
            fills.add(new ClosePath());
        }
    }
}
