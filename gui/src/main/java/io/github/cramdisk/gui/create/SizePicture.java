// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.SizeSnap;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * The size of the new disk, drawn to scale into the memory that the machine can spare. Its edge is dragged, or moved by
 * the arrow keys: Shift for fine steps, Home and End for the ends.
 */
final class SizePicture extends Region {
    private static final double HEIGHT = 56;
    private static final double ARC = 14;
    private static final double HANDLE = 12;
    private static final double INSET = 4;
    private static final double TEXT_GAP = 10;

    private final CreateModel model;
    private final Pane track = new Pane();
    private final Region ring = new Region();
    private final Region used = new Region();
    private final Region disk = new Region();
    private final Region cost = new Region();
    private final Region handle = new Region();
    private final Label usedText = new Label();
    private final Label spareText = new Label();

    SizePicture(CreateModel model) {
        this.model = model;
        getStyleClass().add("size-picture");
        setId("size-picture");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setAccessibleHelp(Texts.of("create.picture.help"));
        track.getStyleClass().add("track");
        ring.getStyleClass().add("ring");
        ring.setMouseTransparent(true);
        used.getStyleClass().add("used");
        disk.getStyleClass().add("ghost");
        cost.getStyleClass().add("ghost-cost");
        handle.getStyleClass().add("handle");
        usedText.getStyleClass().addAll("used-text", "small");
        spareText.getStyleClass().addAll("spare-text", "small");
        track.getChildren().addAll(used, usedText, spareText, disk, cost, handle);
        track.getChildren().forEach(node -> {
            node.setMouseTransparent(true);
            node.setManaged(false);
        });
        track.setCursor(Cursor.H_RESIZE);
        Rectangle clip = new Rectangle();
        clip.setArcWidth(ARC);
        clip.setArcHeight(ARC);
        clip.widthProperty().bind(track.widthProperty());
        clip.heightProperty().bind(track.heightProperty());
        track.setClip(clip);
        track.setManaged(false);
        ring.setManaged(false);
        getChildren().addAll(track, ring);

        track.setOnMousePressed(this::onPointer);
        track.setOnMouseDragged(this::onPointer);
        setOnKeyPressed(this::onKey);
        model.sizeProperty().addListener((property, before, now) -> changed());
        model.estimateProperty().addListener((property, before, now) -> changed());
        model.machineProperty().addListener((property, before, now) -> changed());
        changed();
    }

    private void changed() {
        ByteSize size = model.sizeProperty().get();
        setAccessibleText(
                size == null
                        ? Texts.of("create.picture.none")
                        : Texts.of("create.picture.size", Sizes.format(size.bytes())));
        notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
        requestLayout();
    }

    private void onPointer(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && bytesPerPixel() > 0) {
            requestFocus();
            double wanted = (event.getX() - usedWidth()) * bytesPerPixel();
            set(SizeSnap.snap(wanted, step(event.isShiftDown()), spareBytes()));
            event.consume();
        }
    }

    private void onKey(KeyEvent event) {
        long step = step(event.isShiftDown());
        long most = spareBytes() / step * step;
        switch (event.getCode()) {
            case RIGHT, UP, PLUS, ADD -> move(1, step);
            case LEFT, DOWN, MINUS, SUBTRACT -> move(-1, step);
            case HOME -> set(step);
            case END -> set(Math.max(step, most));
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int direction, long step) {
        ByteSize size = model.sizeProperty().get();
        long now = size == null ? 0 : size.bytes();
        long onGrid = direction > 0 ? now / step * step : (now + step - 1) / step * step;
        set(Math.max(step, onGrid + direction * step));
    }

    private void set(long bytes) {
        model.setSize(new ByteSize(Math.min(bytes, io.github.cramdisk.api.DiskSpec.MAX_SIZE.bytes())));
    }

    private long step(boolean fine) {
        return SizeSnap.step(bytesPerPixel(), fine);
    }

    private long spareBytes() {
        return model.machineProperty().get().availableBytes();
    }

    private double bytesPerPixel() {
        return getWidth() <= 0 ? 0 : model.machineProperty().get().totalBytes() / getWidth();
    }

    private double usedWidth() {
        CreateModel.Machine machine = model.machineProperty().get();
        return machine.totalBytes() == 0
                ? 0
                : Math.rint(getWidth() * (machine.totalBytes() - machine.availableBytes()) / machine.totalBytes());
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computeMinHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        track.resizeRelocate(0, 0, width, HEIGHT);
        ring.resizeRelocate(-3, -3, width + 6, HEIGHT + 6);
        CreateModel.Machine machine = model.machineProperty().get();
        double start = usedWidth();
        used.resizeRelocate(0, 0, Math.max(0, start - 1), HEIGHT);

        ByteSize size = model.sizeProperty().get();
        CostEstimate estimate = model.estimateProperty().get();
        double perPixel = bytesPerPixel();
        boolean drawn = size != null && perPixel > 0;
        double diskWidth = drawn && size != null ? Math.rint(Math.min(width - start, size.bytes() / perPixel)) : 0;
        disk.setVisible(drawn);
        handle.setVisible(drawn);
        cost.setVisible(drawn && estimate != null);
        disk.resizeRelocate(start, INSET, Math.max(2, diskWidth), HEIGHT - 2 * INSET);
        if (drawn && estimate != null) {
            double costWidth = Math.rint(Math.min(diskWidth, estimate.highBytes() / perPixel));
            cost.resizeRelocate(start, INSET, Math.max(1, costWidth), HEIGHT - 2 * INSET);
        }
        double handleX = Math.min(width - HANDLE / 2, start + diskWidth) - HANDLE / 2;
        handle.resizeRelocate(handleX, (HEIGHT - 30) / 2, HANDLE, 30);

        place(
                usedText,
                Texts.of("create.picture.in-use", Sizes.format(machine.totalBytes() - machine.availableBytes())),
                0,
                start);
        double rest = Math.max(handleX + HANDLE, start + diskWidth);
        place(spareText, Texts.of("create.picture.spare", Sizes.format(machine.availableBytes())), rest, width);
    }

    /** Shows a text centred between two edges, or not at all. */
    private static void place(Label label, String text, double from, double to) {
        label.setText(text);
        double textWidth = Math.ceil(label.prefWidth(-1));
        double textHeight = label.prefHeight(-1);
        label.setVisible(textWidth + 2 * TEXT_GAP <= to - from);
        label.resizeRelocate(
                Math.rint(from + (to - from - textWidth) / 2),
                Math.rint((HEIGHT - textHeight) / 2),
                textWidth,
                textHeight);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        ByteSize size = model.sizeProperty().get();
        return switch (attribute) {
            case VALUE -> size == null ? 0.0 : (double) size.bytes();
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> (double) spareBytes();
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
