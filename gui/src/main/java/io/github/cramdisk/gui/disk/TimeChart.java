// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * Curves over time. They carry their names, so there is no legend to look up; under the pointer, or the arrow keys, the
 * numbers of that moment are shown. Shapes are coloured by the stylesheet.
 */
final class TimeChart extends Region {
    private static final double LEFT = 64;
    private static final double RIGHT = 8;
    private static final double TOP = 8;
    private static final double BOTTOM = 24;
    private static final int ROWS = 4;
    private static final int MOST_COLUMNS = 5;
    private static final int MINUTES_OF_HOUR = 60;
    private static final int SECONDS_OF_MINUTE = 60;
    private static final double READOUT_GAP = 12;

    private final List<Line> gridLines = new ArrayList<>();
    private final List<Label> rowLabels = new ArrayList<>();
    private final List<Label> columnLabels = new ArrayList<>();
    private final Line limitLine = new Line();
    private final Label limitLabel = new Label(Texts.of("disk.chart.limit"));
    private final Line cursor = new Line();
    private final VBox readout = new VBox();
    private final Label readoutText = new Label();
    private final Label message = new Label();
    private final List<Curve> curves = new ArrayList<>();
    private final PlotGroup plot = new PlotGroup();

    private Axis.Unit unit = Axis.Unit.BYTES;
    private @Nullable VolumeHistory history;
    private Duration span = Duration.ofMinutes(1);
    private long limit = VolumeHistory.UNKNOWN;
    private double pointer = Double.NaN;

    /** The curves, cut off at the borders of the plot. */
    private static final class PlotGroup extends javafx.scene.Group {
        private final Rectangle clip = new Rectangle();

        PlotGroup() {
            setClip(clip);
        }
    }

    TimeChart(String id) {
        setId(id);
        getStyleClass().add("time-chart");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        for (int i = 0; i <= ROWS; i++) {
            Line line = new Line();
            line.getStyleClass().add("grid");
            gridLines.add(line);
            rowLabels.add(axisLabel());
        }
        for (int i = 0; i <= MOST_COLUMNS; i++) {
            columnLabels.add(axisLabel());
        }
        limitLine.getStyleClass().add("limit-line");
        limitLabel.getStyleClass().addAll("curve-label", "limit-label");
        cursor.getStyleClass().add("cursor");
        readout.getStyleClass().add("readout");
        readout.getChildren().add(readoutText);
        message.getStyleClass().addAll("muted", "small");
        build();
        setOnMouseMoved(event -> point(event.getX()));
        setOnMouseExited(event -> point(Double.NaN));
        setOnKeyPressed(this::onKey);
        focusedProperty().addListener((property, before, focused) -> {
            if (!focused) {
                point(Double.NaN);
            }
        });
    }

    private static Label axisLabel() {
        Label label = new Label();
        label.getStyleClass().add("axis-label");
        return label;
    }

    private void build() {
        plot.getChildren().clear();
        curves.forEach(curve -> plot.getChildren().addAll(curve.area(), curve.line()));
        getChildren().clear();
        getChildren().addAll(gridLines);
        getChildren().addAll(plot, limitLine, limitLabel);
        getChildren().addAll(rowLabels);
        getChildren().addAll(columnLabels);
        curves.forEach(curve -> getChildren().add(curve.label()));
        getChildren().addAll(message, cursor, readout);
        getChildren().forEach(node -> {
            node.setManaged(false);
            node.setMouseTransparent(true);
        });
    }

    /** Sets what is drawn, the lowest first. */
    void setCurves(Axis.Unit newUnit, List<Curve> newCurves) {
        unit = newUnit;
        curves.clear();
        curves.addAll(newCurves);
        build();
        requestLayout();
    }

    List<Curve> curves() {
        return List.copyOf(curves);
    }

    /**
     * Draws a past.
     *
     * @param newLimit a line across; {@link VolumeHistory#UNKNOWN} for none
     */
    void show(@Nullable VolumeHistory newHistory, Duration newSpan, long newLimit) {
        history = newHistory;
        span = newSpan;
        limit = newLimit;
        requestLayout();
    }

    private void point(double x) {
        if (Double.compare(pointer, x) != 0) {
            pointer = x;
            requestLayout();
        }
    }

    /** Steps over the moments with the arrow keys. */
    private void onKey(KeyEvent event) {
        double width = getWidth() - LEFT - RIGHT;
        double step = Math.max(1, width / MINUTES_OF_HOUR);
        double from = Double.isNaN(pointer) ? LEFT + width : pointer;
        switch (event.getCode()) {
            case LEFT -> point(Math.max(LEFT, from - step));
            case RIGHT -> point(Math.min(LEFT + width, from + step));
            case HOME -> point(LEFT);
            case END -> point(LEFT + width);
            default -> {
                return;
            }
        }
        event.consume();
    }

    @Override
    protected double computeMinHeight(double width) {
        return 150;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 240;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth() - LEFT - RIGHT;
        double height = getHeight() - TOP - BOTTOM;
        if (width <= 0 || height <= 0) {
            return;
        }
        VolumeHistory past = history;
        long end = past == null ? 0 : past.endMillis();
        double highest = 0;
        for (Curve curve : curves) {
            highest = Math.max(highest, past == null ? 0 : curve.highest(past));
        }
        boolean showLimit = limit >= 0 && limit < 4 * Math.max(highest, 1 << 20);
        Axis axis = Axis.upTo(showLimit ? Math.max(highest, (double) limit) : highest, ROWS, unit);
        ChartScale scale = new ChartScale(end - span.toMillis(), end, axis.top(), LEFT, TOP, width, height);
        layoutGrid(axis, scale);
        plot.clip.setX(LEFT);
        plot.clip.setY(0);
        plot.clip.setWidth(width + 1);
        plot.clip.setHeight(getHeight());
        for (Curve curve : curves) {
            if (past != null) {
                curve.draw(past, scale);
            }
        }
        layoutLimit(scale, showLimit);
        new CurveNames(scale).place(past, curves, showLimit ? limitLine.getStartY() : Double.NaN);
        layoutMessage(past, scale);
        layoutCursor(past, scale);
        describe(past);
    }

    private void layoutGrid(Axis axis, ChartScale scale) {
        for (int i = 0; i <= ROWS; i++) {
            double value = axis.step() * i;
            boolean used = value <= axis.top();
            double y = Math.floor(scale.y(value)) + 0.5;
            Line line = gridLines.get(i);
            line.setVisible(used);
            across(line, y, scale);
            Label label = rowLabels.get(i);
            label.setVisible(used);
            label.setText(unit.format(value));
            double labelWidth = Math.ceil(label.prefWidth(-1));
            double labelHeight = label.prefHeight(-1);
            label.resizeRelocate(LEFT - 10 - labelWidth, Math.rint(y - labelHeight / 2), labelWidth, labelHeight);
        }
        // Quarters: labels are round times in every range.
        int columns = 4;
        for (int i = 0; i <= MOST_COLUMNS; i++) {
            Label label = columnLabels.get(i);
            label.setVisible(i <= columns);
            double share = (double) i / columns;
            label.setText(ago(Math.round(span.toSeconds() * (1 - share))));
            double labelWidth = Math.ceil(label.prefWidth(-1));
            double centre = LEFT + scale.width() * share - labelWidth / 2;
            double x = Math.min(centre, getWidth() - labelWidth);
            label.resizeRelocate(Math.rint(x), TOP + scale.height() + 7, labelWidth, label.prefHeight(-1));
        }
    }

    private static void across(Line line, double y, ChartScale scale) {
        line.setStartX(LEFT);
        line.setEndX(LEFT + scale.width());
        line.setStartY(y);
        line.setEndY(y);
    }

    private static String ago(long seconds) {
        if (seconds == 0) {
            return Texts.of("disk.chart.now");
        }
        long minutes = seconds / SECONDS_OF_MINUTE;
        if (minutes > 0 && minutes % MINUTES_OF_HOUR == 0) {
            return Texts.of("disk.chart.hours", minutes / MINUTES_OF_HOUR);
        }
        return seconds % 15 == 0 && seconds >= 90
                ? Texts.of("disk.chart.minutes", Sizes.formatNumber(seconds / 60.0, seconds % 60 == 0 ? 0 : 2))
                : seconds == SECONDS_OF_MINUTE
                        ? Texts.of("disk.chart.minutes", 1)
                        : Texts.of("disk.chart.seconds", seconds);
    }

    private void layoutLimit(ChartScale scale, boolean shown) {
        limitLine.setVisible(shown);
        limitLabel.setVisible(shown);
        if (shown) {
            double y = Math.floor(scale.y((double) limit)) + 0.5;
            across(limitLine, y, scale);
            double labelWidth = Math.ceil(limitLabel.prefWidth(-1));
            double labelHeight = limitLabel.prefHeight(-1);
            limitLabel.resizeRelocate(
                    LEFT + scale.width() - labelWidth - 4, Math.rint(y - labelHeight - 1), labelWidth, labelHeight);
        }
    }

    private void layoutMessage(@Nullable VolumeHistory past, ChartScale scale) {
        boolean nothing = past == null || past.size() == 0;
        message.setVisible(nothing);
        if (nothing) {
            message.setText(Texts.of("disk.chart.nothing"));
            double labelWidth = Math.ceil(message.prefWidth(-1));
            message.resizeRelocate(
                    Math.rint(LEFT + (scale.width() - labelWidth) / 2),
                    Math.rint(TOP + scale.height() / 2 - 10),
                    labelWidth,
                    message.prefHeight(-1));
        }
    }

    private void layoutCursor(@Nullable VolumeHistory past, ChartScale scale) {
        boolean inside = past != null && pointer >= LEFT && pointer <= LEFT + scale.width();
        int step = past == null || !inside ? -1 : nearest(past, scale.time(pointer));
        cursor.setVisible(step >= 0);
        readout.setVisible(step >= 0);
        if (past == null || step < 0) {
            return;
        }
        double x = Math.floor(scale.x(past.timeMillis(step))) + 0.5;
        cursor.setStartX(x);
        cursor.setEndX(x);
        cursor.setStartY(TOP);
        cursor.setEndY(TOP + scale.height());
        String text = words(past, step);
        readoutText.setText(text);
        setAccessibleText(text);
        readout.applyCss();
        double boxWidth = Math.ceil(readout.prefWidth(-1));
        double boxHeight = Math.ceil(readout.prefHeight(boxWidth));
        double left = x + READOUT_GAP + boxWidth > LEFT + scale.width() ? x - READOUT_GAP - boxWidth : x + READOUT_GAP;
        readout.resizeRelocate(Math.rint(left), TOP + 6, boxWidth, boxHeight);
        readout.layout();
    }

    private static int nearest(VolumeHistory past, long time) {
        if (past.size() == 0) {
            return -1;
        }
        long back = Math.round((double) (past.endMillis() - time) / past.stepMillis());
        int step = (int) Math.max(0, Math.min(past.size() - 1, past.size() - 1 - back));
        boolean near = Math.abs(past.timeMillis(step) - time) <= past.stepMillis();
        return near && past.isKnown(step) ? step : -1;
    }

    /** The moment and the value of every curve, a line each. */
    private String words(VolumeHistory past, int step) {
        long seconds = (past.endMillis() - past.timeMillis(step)) / 1000;
        StringBuilder text = new StringBuilder(whenWords(seconds));
        for (int i = curves.size() - 1; i >= 0; i--) {
            Curve curve = curves.get(i);
            text.append('\n').append(curve.name()).append("  ").append(unit.format(curve.at(past, step)));
        }
        return text.toString();
    }

    private static String whenWords(long seconds) {
        if (seconds == 0) {
            return Texts.of("disk.chart.now");
        }
        long minutes = seconds / SECONDS_OF_MINUTE;
        if (minutes >= MINUTES_OF_HOUR) {
            return Texts.of("disk.chart.hours-ago", minutes / MINUTES_OF_HOUR, minutes % MINUTES_OF_HOUR);
        }
        return minutes > 0
                ? Texts.of("disk.chart.minutes-ago", minutes, seconds % SECONDS_OF_MINUTE)
                : Texts.of("disk.chart.seconds-ago", seconds);
    }

    private void describe(@Nullable VolumeHistory past) {
        if (past != null && past.size() > 0 && !readout.isVisible() && past.isKnown(past.size() - 1)) {
            setAccessibleText(words(past, past.size() - 1));
        }
    }
}
