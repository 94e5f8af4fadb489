// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/** A thin horizontal scale, filled by a share. It is a picture of a number that stands beside it. */
public final class Meter extends Region {
    private static final double HEIGHT = 8;
    private static final double LEAST_VISIBLE = 3;

    private final Region fill = new Region();
    private double share;

    public Meter(String... fillClasses) {
        getStyleClass().add("meter");
        fill.getStyleClass().add("meter-fill");
        fill.getStyleClass().addAll(fillClasses);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setAccessibleRole(AccessibleRole.PROGRESS_INDICATOR);
        Rectangle clip = new Rectangle(0, HEIGHT);
        clip.setArcWidth(HEIGHT);
        clip.setArcHeight(HEIGHT);
        clip.widthProperty().bind(widthProperty());
        setClip(clip);
        getChildren().add(fill);
    }

    /** Fills it by {@code newShare}, 0 to 1. */
    public void setShare(double newShare) {
        if (share != newShare) {
            share = newShare;
            requestLayout();
        }
    }

    /** The meter below the words that it pictures. */
    public Node withWords(Label left, Label right) {
        left.setMinWidth(USE_PREF_SIZE);
        HBox words = new HBox(left, Ui.spacer(), right);
        words.setAlignment(Pos.BASELINE_LEFT);
        words.setSpacing(8);
        return Ui.styled(new VBox(words, this), "scale");
    }

    public Region fill() {
        return fill;
    }

    @Override
    protected void layoutChildren() {
        double width = share <= 0 ? 0 : Math.max(LEAST_VISIBLE, Math.rint(getWidth() * share));
        fill.resizeRelocate(0, 0, width, getHeight());
    }
}
