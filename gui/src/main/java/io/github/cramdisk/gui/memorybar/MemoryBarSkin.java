// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.control.SkinBase;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** Draws the bar, the disk being drawn with its bubble, and below, the parts that were too narrow for their name. */
final class MemoryBarSkin extends SkinBase<MemoryBar> {
    private static final double BAR_HEIGHT = 76;
    private static final double ARC = 18;
    private static final double KEY_TOP = 8;
    private static final double KEY_HEIGHT = 20;
    private static final double KEY_GAP = 18;
    private static final double ROOM_FOR_MORE = 70;
    private static final double WIDEST_KEY = 200;
    private static final double BUBBLE_GAP = 8;
    private static final double GHOST_INSET = 4;
    private static final double SMALLEST_WIDTH = 320;

    private final Pane track = new BarPane();
    private final Region ring = new Region();
    private final Region ghost = new Region();
    private final Region ghostCost = new Region();
    private final Region limit = new Region();
    private final SizeBubble bubble = new SizeBubble();
    private final List<PartNode> partNodes = new ArrayList<>();
    private final List<KeyNode> keyNodes = new ArrayList<>();
    private final List<EdgeHandle> handles = new ArrayList<>();
    private final Label more = new Label();
    private double bytesPerPixel;
    private @Nullable BarGeometry laidOut;
    private final MemoryBarBehavior behavior;
    private boolean pointerDown;

    MemoryBarSkin(MemoryBar bar) {
        super(bar);
        behavior = new MemoryBarBehavior(bar);
        track.getStyleClass().add("track");
        ring.getStyleClass().add("ring");
        ring.setMouseTransparent(true);
        ghost.getStyleClass().add("ghost");
        ghostCost.getStyleClass().add("ghost-cost");
        ghost.setMouseTransparent(true);
        ghostCost.setMouseTransparent(true);
        limit.getStyleClass().add("limit-ghost");
        limit.setMouseTransparent(true);
        Rectangle clip = new Rectangle();
        clip.setArcWidth(ARC);
        clip.setArcHeight(ARC);
        clip.widthProperty().bind(track.widthProperty());
        clip.heightProperty().bind(track.heightProperty());
        track.setClip(clip);
        more.getStyleClass().add("key");
        getChildren().addAll(track, ring, more, bubble);
        // The bubble hangs over whatever follows the bar on the page.
        bar.setViewOrder(-1);

        registerChangeListener(bar.partsProperty(), observable -> rebuild());
        bar.setOnDrawingChanged(this::showDrawing);
        track.setOnMousePressed(event -> {
            pointerDown = true;
            behavior.onPressed(event, event.getX());
        });
        track.setOnMouseDragged(event -> behavior.onDragged(event, event.getX()));
        track.setOnMouseReleased(event -> {
            pointerDown = false;
            behavior.onReleased(event);
        });
        rebuild();
    }

    @Override
    public void dispose() {
        behavior.dispose();
        getSkinnable().setOnDrawingChanged(null);
        super.dispose();
    }

    private void rebuild() {
        MemoryParts memory = getSkinnable().getParts();
        List<MemoryPart> parts = memory.parts();
        if (sameShape(parts)) {
            boolean changed = false;
            for (int i = 0; i < parts.size(); i++) {
                changed |= partNodes.get(i).update(parts.get(i));
                keyNodes.get(i).update(parts.get(i));
            }
            updateHandles(parts);
            if (!changed
                    && BarGeometry.of(parts, memory.totalBytes(), track.getWidth())
                            .isSameAs(laidOut)) {
                // A few bytes more or less that nobody can see: the page need not be laid out for them.
                return;
            }
        } else {
            partNodes.clear();
            getChildren().removeAll(keyNodes);
            keyNodes.clear();
            for (MemoryPart part : parts) {
                PartNode node = new PartNode(part);
                if (part.kind() == MemoryPart.Kind.FREE) {
                    node.setCursor(Cursor.CROSSHAIR);
                } else if (part.kind() == MemoryPart.Kind.CACHE) {
                    node.setCursor(Cursor.CROSSHAIR);
                } else if (part.kind() == MemoryPart.Kind.VOLUME) {
                    node.setCursor(Cursor.HAND);
                    node.setOnMouseClicked(
                            event -> getSkinnable().onVolumeChosen().accept(part.key()));
                }
                partNodes.add(node);
                keyNodes.add(new KeyNode(part));
            }
            track.getChildren().setAll(partNodes);
            addHandles(parts);
            track.getChildren().addAll(ghost, ghostCost);
            track.getChildren().addAll(handles);
            track.getChildren().add(limit);
            getChildren().addAll(keyNodes);
            bubble.toFront();
        }
        track.requestLayout();
        getSkinnable().requestLayout();
    }

    private void addHandles(List<MemoryPart> parts) {
        handles.clear();
        for (MemoryPart part : parts) {
            if (part.edge() != null) {
                EdgeHandle handle = new EdgeHandle(part);
                handle.setOnMousePressed(event -> {
                    pointerDown = true;
                    behavior.onEdgePressed(event, handle, bytesPerPixel);
                });
                handle.setOnMouseDragged(behavior::onEdgeDragged);
                handle.setOnMouseReleased(event -> {
                    pointerDown = false;
                    behavior.onEdgeReleased(event);
                });
                handle.setOnKeyPressed(event -> behavior.onEdgeKey(event, handle, bytesPerPixel));
                handle.setOnKeyTyped(event -> behavior.onEdgeTyped(event, handle, bytesPerPixel));
                handle.focusedProperty().addListener((property, before, focused) -> {
                    if (!focused) {
                        behavior.onEdgeLeft();
                    }
                });
                handles.add(handle);
            }
        }
    }

    private void updateHandles(List<MemoryPart> parts) {
        int next = 0;
        for (MemoryPart part : parts) {
            if (part.edge() != null) {
                handles.get(next++).update(part);
            }
        }
    }

    private boolean sameShape(List<MemoryPart> parts) {
        if (parts.size() != partNodes.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            MemoryPart shown = partNodes.get(i).part();
            MemoryPart part = parts.get(i);
            if (shown.kind() != part.kind()
                    || !shown.key().equals(part.key())
                    || (shown.edge() == null) != (part.edge() == null)
                    || shown.colorIndex() != part.colorIndex()) {
                return false;
            }
        }
        return true;
    }

    private void showDrawing() {
        Resizing resizing = getSkinnable().resizing();
        MemoryPart held = resizing.part();
        // At once and not with the next layout: what was cancelled is gone.
        bubble.setVisible(getSkinnable().drawing().isActive() || resizing.isActive());
        for (EdgeHandle handle : handles) {
            Edge edge = handle.part().edge();
            boolean moved = held != null
                    && resizing.isActive()
                    && held.key().equals(handle.part().key());
            handle.say(moved ? resizing.bytes() : edge == null ? 0 : edge.limitBytes());
        }
        track.requestLayout();
        getSkinnable().requestLayout();
    }

    @Override
    protected void layoutChildren(double x, double y, double width, double height) {
        track.resizeRelocate(x, y, width, BAR_HEIGHT);
        ring.resizeRelocate(x - 3, y - 3, width + 6, BAR_HEIGHT + 6);
        track.layout();
        layoutKey(x, y + BAR_HEIGHT + KEY_TOP, width);

        Drawing drawing = getSkinnable().drawing();
        Resizing resizing = getSkinnable().resizing();
        MemoryPart held = resizing.part();
        if (drawing.isActive()) {
            bubble.show(
                    drawing,
                    getSkinnable().estimator().apply(drawing.bytes()),
                    getSkinnable().getParts(),
                    pointerDown);
            bubble.place((drawing.left() + drawing.right()) / 2, y + BAR_HEIGHT + BUBBLE_GAP, width);
        } else if (resizing.isActive() && held != null && held.edge() != null) {
            bubble.show(resizing, held, held.edge(), pointerDown);
            bubble.place(Math.min(width, limit.getLayoutX() + limit.getWidth()), y + BAR_HEIGHT + BUBBLE_GAP, width);
        }
    }

    private void layoutParts() {
        MemoryParts memory = getSkinnable().getParts();
        BarGeometry geometry = BarGeometry.of(memory.parts(), memory.totalBytes(), track.getWidth());
        laidOut = geometry;
        bytesPerPixel = geometry.bytesPerPixel();
        Drawing drawing = getSkinnable().drawing();
        double drawableFrom = track.getWidth();
        double freeFrom = track.getWidth();
        int nextHandle = 0;
        for (int i = 0; i < partNodes.size(); i++) {
            PartNode node = partNodes.get(i);
            boolean last = i == partNodes.size() - 1;
            node.resizeRelocate(geometry.start(i), 0, Math.max(0, geometry.width(i) - (last ? 0 : 1)), BAR_HEIGHT);
            node.setVisible(geometry.width(i) > 0);
            if (node.part().kind() == MemoryPart.Kind.CACHE || node.part().kind() == MemoryPart.Kind.FREE) {
                drawableFrom = Math.min(drawableFrom, geometry.start(i));
                freeFrom = geometry.start(i);
                node.setCrowded(drawing.isActive());
            }
            node.layout();
            if (node.part().edge() != null && nextHandle < handles.size()) {
                double end = geometry.start(i) + geometry.width(i) - 1;
                handles.get(nextHandle++).resizeRelocate(end - EdgeHandle.WIDTH, 0, EdgeHandle.WIDTH, BAR_HEIGHT);
            }
        }
        drawing.place(drawableFrom, freeFrom, track.getWidth(), geometry.bytesPerPixel(), memory.freeBytes());
        MemoryPart held = getSkinnable().resizing().part();
        if (held != null && getSkinnable().resizing().isActive()) {
            layoutLimit(geometry, held);
        } else {
            layoutGhost(drawing);
        }
    }

    /** The limit that a volume would get, to scale from where the volume begins. */
    private void layoutLimit(BarGeometry geometry, MemoryPart held) {
        Resizing resizing = getSkinnable().resizing();
        ghost.setVisible(false);
        ghostCost.setVisible(false);
        limit.setVisible(true);
        for (int i = 0; i < partNodes.size(); i++) {
            if (partNodes.get(i).part().key().equals(held.key())) {
                double left = geometry.start(i);
                double wanted = resizing.bytes() == 0 ? track.getWidth() : resizing.bytes() / bytesPerPixel;
                double width = Math.max(geometry.width(i), Math.min(track.getWidth() - left, Math.rint(wanted)));
                limit.resizeRelocate(left, GHOST_INSET, width, BAR_HEIGHT - 2 * GHOST_INSET);
            }
        }
    }

    private void layoutGhost(Drawing drawing) {
        boolean visible = drawing.isActive() && drawing.bytes() > 0;
        limit.setVisible(false);
        ghost.setVisible(visible);
        ghostCost.setVisible(visible);
        if (visible) {
            double left = Math.rint(drawing.left());
            double width = Math.max(2, Math.rint(drawing.right() - left));
            double share = Math.min(
                    1.0,
                    (double) getSkinnable().estimator().apply(drawing.bytes()).highBytes() / drawing.bytes());
            ghost.resizeRelocate(left, GHOST_INSET, width, BAR_HEIGHT - 2 * GHOST_INSET);
            ghostCost.resizeRelocate(left, GHOST_INSET, Math.rint(width * share), BAR_HEIGHT - 2 * GHOST_INSET);
        }
    }

    /** Names of the parts too narrow to carry their own, as many as fit in a line, and how many do not. */
    private void layoutKey(double x, double y, double width) {
        double at = x;
        int left = 0;
        for (int i = 0; i < keyNodes.size(); i++) {
            KeyNode key = keyNodes.get(i);
            PartNode node = partNodes.get(i);
            boolean wanted =
                    node.part().bytes() > 0 && !node.showsName() && node.part().kind() != MemoryPart.Kind.FREE;
            double keyWidth = Math.min(WIDEST_KEY, Math.ceil(key.prefWidth(-1)));
            boolean fits = left == 0 && at + keyWidth <= x + width - ROOM_FOR_MORE;
            key.setVisible(wanted && fits);
            if (wanted && fits) {
                key.resizeRelocate(at, y, keyWidth, KEY_HEIGHT);
                at += keyWidth + KEY_GAP;
            } else if (wanted) {
                left++;
            }
        }
        more.setVisible(left > 0);
        more.setText(Texts.of("memorybar.more", left));
        more.resizeRelocate(at, y, ROOM_FOR_MORE, KEY_HEIGHT);
    }

    @Override
    protected double computePrefHeight(double width, double top, double right, double bottom, double left) {
        return top + BAR_HEIGHT + KEY_TOP + KEY_HEIGHT + bottom;
    }

    @Override
    protected double computeMinHeight(double width, double top, double right, double bottom, double left) {
        return computePrefHeight(width, top, right, bottom, left);
    }

    @Override
    protected double computeMaxHeight(double width, double top, double right, double bottom, double left) {
        return computePrefHeight(width, top, right, bottom, left);
    }

    @Override
    protected double computeMinWidth(double height, double top, double right, double bottom, double left) {
        return SMALLEST_WIDTH;
    }

    @Override
    protected double computeMaxWidth(double height, double top, double right, double bottom, double left) {
        return Double.MAX_VALUE;
    }

    /** The pane of the parts, laid out by the skin. */
    private final class BarPane extends Pane {
        @Override
        protected void layoutChildren() {
            layoutParts();
        }
    }

    /** A swatch with name and size. */
    private static final class KeyNode extends Label {
        private final Tooltip whole = new Tooltip();

        KeyNode(MemoryPart part) {
            Region swatch = new Region();
            swatch.getStyleClass()
                    .addAll("key-swatch", "part-" + part.kind().name().toLowerCase(java.util.Locale.ROOT));
            if (part.colorIndex() >= 0) {
                swatch.getStyleClass().add("disk-color-" + part.colorIndex());
            }
            getStyleClass().add("key");
            setGraphic(swatch);
            setPadding(Insets.EMPTY);
            setTooltip(whole);
            update(part);
        }

        void update(MemoryPart part) {
            setText(part.label() + " " + Sizes.format(part.bytes()));
            whole.setText(getText());
        }
    }
}
