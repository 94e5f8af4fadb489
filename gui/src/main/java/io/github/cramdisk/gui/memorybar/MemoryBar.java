// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Control;
import javafx.scene.control.Skin;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the machine as one bar. In its free part (and the cache, which the kernel gives back) a new volume is
 * drawn out with the pointer, with the arrow keys or by typing a size; releasing (or Enter) hands the size to
 * {@link #setOnDrawn}. The edge of a volume is dragged, or focused and moved by keys, to change the most memory that it
 * may take; that goes to {@link #setOnResized}. Escape takes either back.
 */
public final class MemoryBar extends Control {
    private final ObjectProperty<MemoryParts> parts = new SimpleObjectProperty<>(this, "parts", MemoryParts.UNKNOWN);
    private final ReadOnlyLongWrapper drawnBytes = new ReadOnlyLongWrapper(this, "drawnBytes");
    private final Drawing drawing = new Drawing();
    private final Resizing resizing = new Resizing();
    private LongFunction<CostEstimate> estimator = bytes -> CostEstimate.uncompressed(new ByteSize(bytes));
    private LongConsumer onDrawn = bytes -> {};
    private OnResized onResized = (key, bytes, before) -> {};
    private Consumer<String> onVolumeChosen = key -> {};
    private @Nullable Runnable onDrawingChanged;

    public MemoryBar() {
        getStyleClass().add("memory-bar");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setAccessibleRoleDescription(Texts.of("memorybar.role"));
        setAccessibleHelp(Texts.of("memorybar.help"));
        parts.addListener((property, before, now) -> describe());
    }

    public ObjectProperty<MemoryParts> partsProperty() {
        return parts;
    }

    public MemoryParts getParts() {
        return parts.get();
    }

    /** Size of the disk being drawn; 0 while there is none. */
    public ReadOnlyLongProperty drawnBytesProperty() {
        return drawnBytes.getReadOnlyProperty();
    }

    /** What a disk of some size is likely to cost, for the bubble. */
    public void setEstimator(LongFunction<CostEstimate> newEstimator) {
        estimator = newEstimator;
    }

    /** Told the size when a drawn disk is released. */
    public void setOnDrawn(LongConsumer handler) {
        onDrawn = handler;
    }

    /** Told the key of a volume whose part was clicked. */
    public void setOnVolumeChosen(Consumer<String> handler) {
        onVolumeChosen = handler;
    }

    /** Told where the edge of a volume was left. */
    public void setOnResized(OnResized handler) {
        onResized = handler;
    }

    /** What happens when the edge of a volume is let go. */
    @FunctionalInterface
    public interface OnResized {
        /**
         * @param key of the volume
         * @param limitBytes the new limit; 0: none
         * @param beforeBytes the limit it had; 0: none
         */
        void resized(String key, long limitBytes, long beforeBytes);
    }

    LongFunction<CostEstimate> estimator() {
        return estimator;
    }

    LongConsumer onDrawn() {
        return onDrawn;
    }

    OnResized onResized() {
        return onResized;
    }

    Consumer<String> onVolumeChosen() {
        return onVolumeChosen;
    }

    Drawing drawing() {
        return drawing;
    }

    Resizing resizing() {
        return resizing;
    }

    void setOnDrawingChanged(@Nullable Runnable handler) {
        onDrawingChanged = handler;
    }

    /** Says that {@link #drawing} or {@link #resizing} changed. */
    void drawingChanged() {
        drawnBytes.set(drawing.isActive() ? drawing.bytes() : 0);
        notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
        describe();
        if (onDrawingChanged != null) {
            onDrawingChanged.run();
        }
    }

    private void describe() {
        String text = getParts().describe();
        setAccessibleText(
                drawnBytes.get() > 0 ? Texts.of("memorybar.drawn", Sizes.format(drawnBytes.get()), text) : text);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case VALUE -> (double) drawnBytes.get();
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> (double) getParts().freeBytes();
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new MemoryBarSkin(this);
    }
}
