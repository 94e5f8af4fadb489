// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The grip on the edge of a volume: dragged by the pointer, or focused and moved by keys. */
final class EdgeHandle extends Region {
    static final double WIDTH = 9;
    private static final double GRIP_WIDTH = 3;
    private static final double GRIP_HEIGHT = 26;

    private final Region grip = new Region();
    private MemoryPart part;
    private double value;

    EdgeHandle(MemoryPart part) {
        this.part = part;
        getStyleClass().add("edge-handle");
        grip.getStyleClass().add("edge-grip");
        grip.setMouseTransparent(true);
        getChildren().add(grip);
        setCursor(Cursor.H_RESIZE);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setAccessibleHelp(Texts.of("memorybar.edge.help"));
        describe(part);
    }

    MemoryPart part() {
        return part;
    }

    void update(MemoryPart newPart) {
        if (newPart.equals(part)) {
            return;
        }
        part = newPart;
        describe(newPart);
    }

    private void describe(MemoryPart newPart) {
        setId("edge-" + newPart.label());
        Edge edge = newPart.edge();
        say(edge == null ? 0 : edge.limitBytes());
    }

    /** Tells the screen reader a limit: the one there is, or the one being chosen. */
    void say(long limitBytes) {
        value = limitBytes;
        String limit = limitBytes == 0 ? Texts.of("common.no-limit") : Sizes.format(limitBytes);
        setAccessibleText(Texts.of("memorybar.edge.spoken", part.label(), limit));
        notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
    }

    @Override
    protected void layoutChildren() {
        grip.resizeRelocate(
                Math.rint(getWidth() - GRIP_WIDTH - 2),
                Math.rint((getHeight() - GRIP_HEIGHT) / 2),
                GRIP_WIDTH,
                GRIP_HEIGHT);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        Edge edge = part.edge();
        return switch (attribute) {
            case VALUE -> value;
            case MIN_VALUE -> edge == null ? 0.0 : (double) edge.leastBytes();
            case MAX_VALUE -> edge == null ? 0.0 : (double) edge.mostBytes();
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
