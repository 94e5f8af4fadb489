// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The fields of a form: as high as they are while the window has the room, scrolled where it has not. */
final class FormScroll extends ScrollPane {
    private static final double LEAST_HEIGHT = 120;
    private static final PseudoClass SCROLLED = PseudoClass.getPseudoClass("scrolled");

    private final Region body;

    FormScroll(Region body) {
        super(body);
        this.body = body;
        getStyleClass().add("form-scroll");
        setFitToWidth(true);
        setFocusTraversable(false);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMinHeight(LEAST_HEIGHT);
        VBox.setVgrow(this, Priority.ALWAYS);
        body.heightProperty().addListener(observable -> requestParentLayout());
        viewportBoundsProperty().addListener(observable -> mark());
        body.heightProperty().addListener(observable -> mark());
    }

    private void mark() {
        pseudoClassStateChanged(SCROLLED, body.getHeight() > getViewportBounds().getHeight() + 1);
    }

    /** Paragraphs are as high as their width makes them. */
    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.ceil(body.prefHeight(width <= 0 ? getWidth() : width));
    }

    @Override
    protected double computeMinWidth(double height) {
        return body.minWidth(height);
    }

    @Override
    protected double computePrefWidth(double height) {
        return body.prefWidth(-1);
    }
}
