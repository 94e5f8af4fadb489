// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The bubble under a volume being drawn or resized: size, cost, what stays free, how far it can go. A node of the bar and no window of its own, because
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

    /** About a volume being drawn. */
    void show(Drawing drawing, CostEstimate estimate, MemoryParts memory, boolean byPointer) {
        if (drawing.bytes() == 0) {
            showTyped(drawing.typed());
            return;
        }
        title.setText(Texts.of("memorybar.bubble.title", Sizes.formatChosen(new ByteSize(drawing.bytes()))));
        cost.setText(Texts.of(
                estimate.own() ? "memorybar.bubble.cost.own" : "memorybar.bubble.cost", estimate.formatRange()));
        long stays = memory.bytes(MemoryPart.Kind.FREE) - estimate.highBytes();
        String room = stays >= 0
                ? Texts.of("memorybar.bubble.stays", Sizes.format(stays))
                : estimate.highBytes() <= memory.freeBytes()
                        ? Texts.of("memorybar.bubble.from-cache", Sizes.format(-stays))
                        : Texts.of("memorybar.bubble.too-much");
        String keys = Texts.of(byPointer ? "memorybar.bubble.pointer" : "memorybar.bubble.keys");
        free.setText(room + " · " + keys);
    }

    /** About a volume whose edge is being moved. */
    void show(Resizing resizing, MemoryPart part, Edge edge, boolean byPointer) {
        boolean typing = !resizing.typed().isEmpty();
        if (typing && resizing.bytes() == 0) {
            showTyped(resizing.typed());
            return;
        }
        long bytes = resizing.bytes();
        title.setText(
                bytes == 0
                        ? Texts.of("memorybar.edge.no-limit", part.label())
                        : Texts.of("memorybar.edge.title", part.label(), Sizes.formatChosen(new ByteSize(bytes))));
        String now = edge.limitBytes() == 0
                ? Texts.of("memorybar.edge.now-none")
                : Texts.of("memorybar.edge.now", Sizes.format(edge.limitBytes()));
        String bound = bytes != 0 && bytes <= edge.leastBytes()
                ? Texts.of("memorybar.edge.least", edge.whyLeast())
                : bytes >= edge.mostBytes()
                        ? Texts.of("memorybar.edge.most", edge.whyMost())
                        : Texts.of(
                                "memorybar.edge.range",
                                Sizes.format(edge.leastBytes()),
                                Sizes.format(edge.mostBytes()));
        cost.setText(now + " · " + bound);
        String keys = Texts.of(byPointer ? "memorybar.bubble.pointer" : "memorybar.edge.keys");
        free.setText(edge.caution().isEmpty() || bytes == 0 ? keys : edge.caution() + "\n" + keys);
    }

    private void showTyped(String typed) {
        title.setText(Texts.of("memorybar.bubble.no-size", typed));
        cost.setText(Texts.of("memorybar.bubble.type"));
        free.setText(Texts.of("memorybar.bubble.type.note"));
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
