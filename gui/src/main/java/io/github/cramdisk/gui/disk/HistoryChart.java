// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.DiskHistory;
import io.github.cramdisk.gui.engine.DiskHistory.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import org.jspecify.annotations.Nullable;

/**
 * What a disk stored, compressed to and cost over time. Curves carry their names at their end, so there is no legend to
 * look up; under the pointer the numbers of that moment are shown. Shapes are coloured by the stylesheet.
 */
final class HistoryChart extends Region {
    private static final double LEFT = 64;
    private static final double RIGHT = 108;
    private static final double TOP = 10;
    private static final double BOTTOM = 26;
    private static final int ROWS = 4;
    private static final int MOST_COLUMNS = 5;
    private static final double LABEL_GAP = 6;
    /** A longer silence than this breaks the curve: the engine was away or the machine slept. */
    private static final long GAP_MILLIS = 5_000;

    private final Region plot = new Region();
    private final List<Line> gridLines = new ArrayList<>();
    private final List<Label> rowLabels = new ArrayList<>();
    private final List<Label> columnLabels = new ArrayList<>();
    private final Curve logical = new Curve(Texts.of("disk.chart.logical"), Series.LOGICAL, "curve-logical", true);
    private final Curve stored = new Curve(Texts.of("disk.chart.stored"), Series.STORED, "curve-stored", false);
    private final Curve resident = new Curve(Texts.of("disk.chart.resident"), Series.RESIDENT, "curve-resident", true);
    private final List<Curve> curves = List.of(logical, resident, stored);
    private final Line limitLine = new Line();
    private final Label limitLabel = new Label(Texts.of("disk.chart.limit"));
    private final Line cursor = new Line();
    private final VBox readout = new VBox();
    private final Label readoutText = new Label();
    private double pointer = Double.NaN;

    private @Nullable DiskHistory history;
    private Duration span = Duration.ofMinutes(1);
    private @Nullable Long limitBytes;

    HistoryChart() {
        getStyleClass().add("history-chart");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        plot.getStyleClass().add("plot");
        getChildren().add(plot);
        for (int i = 0; i <= ROWS; i++) {
            Line line = new Line();
            line.getStyleClass().add("grid");
            gridLines.add(line);
            rowLabels.add(axisLabel());
        }
        for (int i = 0; i <= MOST_COLUMNS; i++) {
            columnLabels.add(axisLabel());
        }
        getChildren().addAll(gridLines);
        curves.forEach(curve -> getChildren().addAll(curve.area, curve.line));
        limitLine.getStyleClass().add("limit-line");
        limitLabel.getStyleClass().addAll("curve-label", "limit-label");
        cursor.getStyleClass().add("cursor");
        readout.getStyleClass().add("readout");
        readout.getChildren().add(readoutText);
        getChildren().addAll(limitLine, limitLabel);
        getChildren().addAll(rowLabels);
        getChildren().addAll(columnLabels);
        curves.forEach(curve -> getChildren().add(curve.label));
        getChildren().addAll(cursor, readout);
        getChildren().forEach(node -> {
            node.setManaged(false);
            node.setMouseTransparent(true);
        });
        setOnMouseMoved(event -> point(event.getX()));
        setOnMouseExited(event -> point(Double.NaN));
    }

    private static Label axisLabel() {
        Label label = new Label();
        label.getStyleClass().add("axis-label");
        return label;
    }

    /** Draws the last {@code newSpan} of a history; again after every change of it. */
    void show(DiskHistory newHistory, Duration newSpan, @Nullable Long newLimitBytes) {
        history = newHistory;
        span = newSpan;
        limitBytes = newLimitBytes;
        requestLayout();
    }

    private void point(double x) {
        pointer = x;
        requestLayout();
    }

    @Override
    protected double computeMinHeight(double width) {
        return 180;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 300;
    }

    @Override
    protected void layoutChildren() {
        DiskHistory past = history;
        double width = getWidth() - LEFT - RIGHT;
        double height = getHeight() - TOP - BOTTOM;
        if (past == null || width <= 0 || height <= 0) {
            return;
        }
        plot.resizeRelocate(LEFT, TOP, width, height);
        int size = past.size();
        long end = size == 0 ? 0 : past.get(Series.TIME, size - 1);
        long begin = end - span.toMillis();
        // One point before the edge, so that the curve comes in from outside.
        int first = Math.max(0, past.firstSince(begin) - 1);

        long highest = 0;
        for (int i = first; i < size; i++) {
            for (Curve curve : curves) {
                highest = Math.max(highest, past.get(curve.series, i));
            }
        }
        boolean showLimit = limitBytes != null && limitBytes < 4 * Math.max(highest, 1 << 20);
        if (showLimit && limitBytes != null) {
            highest = Math.max(highest, limitBytes);
        }
        Axis axis = Axis.upTo(highest, ROWS);
        Scale scale = new Scale(begin, end, axis.top(), width, height);
        layoutGrid(axis, scale);
        for (Curve curve : curves) {
            curve.draw(past, first, size, scale);
        }
        layoutLimit(scale, showLimit);
        layoutCurveLabels(past, size, scale, showLimit);
        layoutCursor(past, first, size, scale);
        describe(past, size);
    }

    private void layoutGrid(Axis axis, Scale scale) {
        for (int i = 0; i <= ROWS; i++) {
            long value = axis.step() * i;
            boolean used = value <= axis.top();
            double y = Math.floor(scale.y(value)) + 0.5;
            Line line = gridLines.get(i);
            line.setVisible(used);
            line.setStartX(LEFT);
            line.setEndX(LEFT + scale.width());
            line.setStartY(y);
            line.setEndY(y);
            Label label = rowLabels.get(i);
            label.setVisible(used);
            label.setText(value == 0 ? "0" : Sizes.formatShort(value));
            double labelWidth = Math.ceil(label.prefWidth(-1));
            label.resizeRelocate(
                    LEFT - 10 - labelWidth, Math.rint(y - label.prefHeight(-1) / 2), labelWidth, label.prefHeight(-1));
        }
        // Quarters of a minute, whole minutes: labels are round times.
        int columns = span.toMinutes() <= 1 ? MOST_COLUMNS - 1 : MOST_COLUMNS;
        for (int i = 0; i <= MOST_COLUMNS; i++) {
            Label label = columnLabels.get(i);
            label.setVisible(i <= columns);
            double share = (double) i / columns;
            label.setText(ago(Math.round(span.toSeconds() * (1 - share))));
            double labelWidth = Math.ceil(label.prefWidth(-1));
            double x = LEFT + scale.width() * share - labelWidth / 2;
            label.resizeRelocate(Math.rint(x), TOP + scale.height() + 8, labelWidth, label.prefHeight(-1));
        }
    }

    private static String ago(long seconds) {
        if (seconds == 0) {
            return Texts.of("disk.chart.now");
        }
        return seconds % 60 == 0
                ? Texts.of("disk.chart.minutes", seconds / 60)
                : Texts.of("disk.chart.seconds", seconds);
    }

    private void layoutLimit(Scale scale, boolean shown) {
        limitLine.setVisible(shown);
        limitLabel.setVisible(shown);
        if (shown && limitBytes != null) {
            double y = Math.floor(scale.y(limitBytes)) + 0.5;
            limitLine.setStartX(LEFT);
            limitLine.setEndX(LEFT + scale.width());
            limitLine.setStartY(y);
            limitLine.setEndY(y);
        }
    }

    /** Puts the names of the curves at their ends, pushed apart where they would overlap. */
    private void layoutCurveLabels(DiskHistory past, int size, Scale scale, boolean showLimit) {
        record Placed(Label label, double wanted) {}
        List<Placed> placed = new ArrayList<>();
        for (Curve curve : curves) {
            curve.label.setVisible(size > 0);
            if (size > 0) {
                placed.add(new Placed(curve.label, scale.y(past.get(curve.series, size - 1))));
            }
        }
        if (showLimit && limitBytes != null) {
            placed.add(new Placed(limitLabel, scale.y(limitBytes)));
        }
        placed.sort(Comparator.comparingDouble(Placed::wanted));
        double[] at = new double[placed.size()];
        double next = TOP - 8;
        for (int i = 0; i < at.length; i++) {
            double half = placed.get(i).label().prefHeight(-1) / 2;
            at[i] = Math.max(next, placed.get(i).wanted() - half);
            next = at[i] + 2 * half;
        }
        double floor = TOP + scale.height() + 10;
        for (int i = at.length - 1; i >= 0; i--) {
            double labelHeight = placed.get(i).label().prefHeight(-1);
            at[i] = Math.min(at[i], floor - labelHeight);
            floor = at[i];
            Label label = placed.get(i).label();
            label.resizeRelocate(
                    LEFT + scale.width() + LABEL_GAP, Math.rint(at[i]), Math.ceil(label.prefWidth(-1)), labelHeight);
        }
    }

    private void layoutCursor(DiskHistory past, int first, int size, Scale scale) {
        boolean inside = size > 0 && pointer >= LEFT && pointer <= LEFT + scale.width();
        int nearest = inside ? nearest(past, first, size, scale.time(pointer)) : -1;
        boolean shown = inside && nearest >= 0;
        cursor.setVisible(shown);
        readout.setVisible(shown);
        if (!shown) {
            return;
        }
        double x = Math.floor(Math.max(LEFT, scale.x(past.get(Series.TIME, nearest)))) + 0.5;
        cursor.setStartX(x);
        cursor.setEndX(x);
        cursor.setStartY(TOP);
        cursor.setEndY(TOP + scale.height());
        long seconds = (past.get(Series.TIME, size - 1) - past.get(Series.TIME, nearest)) / 1000;
        readoutText.setText(Texts.of(
                "disk.chart.readout",
                seconds == 0
                        ? Texts.of("disk.chart.now")
                        : seconds < 60
                                ? Texts.of("disk.chart.seconds-ago", seconds)
                                : Texts.of("disk.chart.minutes-ago", seconds / 60, seconds % 60),
                Sizes.format(past.get(Series.LOGICAL, nearest)),
                Sizes.format(past.get(Series.STORED, nearest)),
                Sizes.format(past.get(Series.RESIDENT, nearest))));
        readout.applyCss();
        double boxWidth = Math.ceil(readout.prefWidth(-1));
        double boxHeight = Math.ceil(readout.prefHeight(boxWidth));
        double left = x + 12 + boxWidth > LEFT + scale.width() ? x - 12 - boxWidth : x + 12;
        readout.resizeRelocate(Math.rint(left), TOP + 6, boxWidth, boxHeight);
        readout.layout();
    }

    private static int nearest(DiskHistory past, int first, int size, long time) {
        int after = Math.min(size - 1, past.firstSince(time));
        int before = Math.max(first, after - 1);
        long toAfter = Math.abs(past.get(Series.TIME, after) - time);
        long toBefore = Math.abs(past.get(Series.TIME, before) - time);
        int best = toBefore < toAfter ? before : after;
        return Math.min(toBefore, toAfter) > GAP_MILLIS ? -1 : best;
    }

    private void describe(DiskHistory past, int size) {
        if (size > 0) {
            setAccessibleText(Texts.of(
                    "disk.chart.describe",
                    Sizes.format(past.get(Series.LOGICAL, size - 1)),
                    Sizes.format(past.get(Series.STORED, size - 1)),
                    Sizes.format(past.get(Series.RESIDENT, size - 1))));
        }
    }

    /** From time and bytes to pixels. */
    private record Scale(long begin, long end, long top, double width, double height) {
        double x(long time) {
            return LEFT + width * (time - begin) / Math.max(1, end - begin);
        }

        double y(long bytes) {
            return TOP + height - height * bytes / top;
        }

        long time(double x) {
            return begin + Math.round((x - LEFT) / width * (end - begin));
        }
    }

    /** A vertical axis of round binary sizes. */
    record Axis(long step, long top) {
        private static final long SMALLEST_STEP = 256 << 10;

        /** The smallest steps 1, 2, 4, 8… with which {@code rows} of them reach {@code highest}. */
        static Axis upTo(long highest, int rows) {
            long step = SMALLEST_STEP;
            while (step * rows < highest) {
                step <<= 1;
            }
            // No more empty rows than one above the highest point.
            long used = Math.max(1, (highest + step - 1) / step);
            return new Axis(step, step * Math.max(2, Math.min(rows, used)));
        }
    }

    /** One curve with its area and its name. */
    private static final class Curve {
        private final Series series;
        private final Path line = new Path();
        private final Path area = new Path();
        private final Label label;
        private final boolean filled;

        Curve(String name, Series series, String styleClass, boolean filled) {
            this.series = series;
            this.filled = filled;
            this.label = new Label(name);
            line.getStyleClass().addAll("curve", styleClass);
            area.getStyleClass().addAll("curve-area", styleClass + "-area");
            label.getStyleClass().addAll("curve-label", styleClass + "-label");
        }

        void draw(DiskHistory past, int first, int size, Scale scale) {
            List<PathElement> strokes = new ArrayList<>();
            List<PathElement> fills = new ArrayList<>();
            double base = scale.y(0);
            double lastX = Double.NaN;
            for (int i = first; i < size; i++) {
                long time = past.get(Series.TIME, i);
                boolean broken = i > first && time - past.get(Series.TIME, i - 1) > GAP_MILLIS;
                double x = Math.max(LEFT, scale.x(time));
                double y = scale.y(past.get(series, i));
                if (Double.isNaN(lastX) || broken) {
                    close(fills, lastX, base);
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
}
