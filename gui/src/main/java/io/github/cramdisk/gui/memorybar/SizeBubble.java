// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.Sizes;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The bubble under a disk being drawn: size, cost, what stays free. A node of the bar and no window of its own, because
 * a popup that moves with a drag loses the pointer on some desktops.
 */
final class SizeBubble extends Region {
    private static final double ARROW = 10;

    private final Region arrow = new Region();
    private final VBox box = new VBox();
    private final Label title = new Label();
    private final Label cost = new Label();
    private final Label free = new Label();

    SizeBubble() {
        getStyleClass().add("size-bubble");
        arrow.getStyleClass().add("size-bubble-arrow");
        arrow.setRotate(45);
        box.getStyleClass().add("size-bubble-box");
        title.getStyleClass().add("size-bubble-title");
        cost.getStyleClass().add("size-bubble-cost");
        free.getStyleClass().add("size-bubble-free");
        box.getChildren().addAll(title, cost, free);
        getChildren().addAll(box, arrow);
        box.setManaged(false);
        arrow.setManaged(false);
        setMouseTransparent(true);
        setManaged(false);
    }

    void show(Drawing drawing, CostEstimate estimate, long freeBytes, boolean byPointer) {
        if (drawing.bytes() == 0) {
            title.setText("“" + drawing.typed() + "” is no size yet");
            cost.setText("Type a number with K, M, G or T");
            free.setText("such as 512M or 1.5G · Esc cancels");
            return;
        }
        title.setText("New disk · " + Sizes.formatChosen(new ByteSize(drawing.bytes())));
        cost.setText("will cost " + estimate.formatRange() + " when full of typical files");
        long stays = freeBytes - estimate.highBytes();
        String room = stays >= 0 ? Sizes.format(stays) + " stays free" : "more than is free now";
        String keys = byPointer ? "Shift for fine steps · Esc cancels" : "Enter creates · Esc cancels";
        free.setText(room + " · " + keys);
    }

    /** Puts the bubble under {@code x}, between the edges of a bar {@code width} wide, its arrow at {@code y}. */
    void place(double x, double y, double width) {
        applyCss();
        double boxWidth = Math.ceil(Math.min(width, box.prefWidth(-1)));
        double boxHeight = Math.ceil(box.prefHeight(boxWidth));
        double left = Math.rint(Math.max(0, Math.min(width - boxWidth, x - boxWidth / 2)));
        resizeRelocate(left, y, boxWidth, boxHeight + ARROW / 2);
        box.resizeRelocate(0, ARROW / 2, boxWidth, boxHeight);
        box.layout();
        double arrowX = Math.max(ARROW, Math.min(boxWidth - 2 * ARROW, x - left - ARROW / 2));
        arrow.resizeRelocate(arrowX, 0, ARROW, ARROW);
    }
}
