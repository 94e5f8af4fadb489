// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/** One part of the bar: a coloured area with as much text as has room, all of it in the tooltip. */
final class PartNode extends Region {
    private static final double PADDING = 12;
    private static final double NARROW_PADDING = 6;
    /** Less room than this for a name is no use. */
    private static final double SHORTEST_NAME = 40;

    private final Label name = new Label();
    private final Label amount = new Label();
    private final Tooltip tooltip = new Tooltip();
    private MemoryPart part;
    private boolean crowded;

    PartNode(MemoryPart part) {
        this.part = part;
        getStyleClass().addAll("part", "part-" + part.kind().name().toLowerCase(Locale.ROOT));
        if (part.colorIndex() >= 0) {
            getStyleClass().add("disk-color-" + part.colorIndex());
        }
        name.getStyleClass().add("part-name");
        amount.getStyleClass().add("part-amount");
        name.setMouseTransparent(true);
        amount.setMouseTransparent(true);
        getChildren().addAll(name, amount);
        tooltip.setShowDelay(Duration.millis(250));
        if (part.kind() != MemoryPart.Kind.FREE) {
            Tooltip.install(this, tooltip);
        }
        update(part);
    }

    MemoryPart part() {
        return part;
    }

    /** @return whether it reads differently from before */
    boolean update(MemoryPart newPart) {
        part = newPart;
        String size = Sizes.format(newPart.bytes());
        String words = newPart.label() + " · " + size + (newPart.note().isEmpty() ? "" : "\n" + newPart.note());
        if (words.equals(tooltip.getText())) {
            return false;
        }
        tooltip.setText(words);
        name.setText(newPart.kind() == MemoryPart.Kind.FREE ? Texts.of("memorybar.free-size", size) : newPart.label());
        requestLayout();
        return true;
    }

    /** While a disk is drawn over the free part, its words step aside. */
    void setCrowded(boolean newCrowded) {
        if (crowded != newCrowded) {
            crowded = newCrowded;
            requestLayout();
        }
    }

    /** Whether the name is on the part; otherwise it belongs into the line below. */
    boolean showsName() {
        return name.isVisible();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        String size = Sizes.format(part.bytes());
        double padding = width < 90 ? NARROW_PADDING : PADDING;
        double room = width - 2 * padding;

        String longest = part.kind() == MemoryPart.Kind.FREE
                ? Texts.of("memorybar.drag-here")
                : part.kind() == MemoryPart.Kind.CACHE ? size + ", " + part.note() : size;
        amount.setText(longest);
        double nameWidth = name.prefWidth(-1);
        boolean amountFits = amount.prefWidth(-1) <= room;
        if (!amountFits && part.kind() == MemoryPart.Kind.CACHE) {
            amount.setText(size);
            amountFits = amount.prefWidth(-1) <= room;
        }
        boolean nameFits = nameWidth <= room || (part.kind() == MemoryPart.Kind.VOLUME && room >= SHORTEST_NAME);
        boolean showName = nameFits && !crowded;
        name.setVisible(showName);
        amount.setVisible(showName && amountFits);

        double nameHeight = name.prefHeight(-1);
        double amountHeight = amount.isVisible() ? amount.prefHeight(-1) : 0;
        double top = (getHeight() - nameHeight - amountHeight) / 2;
        double x = part.kind() == MemoryPart.Kind.FREE
                ? Math.max(padding, (width - Math.max(nameWidth, amount.prefWidth(-1))) / 2)
                : padding;
        name.resizeRelocate(x, Math.rint(top), Math.min(room, Math.ceil(nameWidth)), nameHeight);
        amount.resizeRelocate(
                x, Math.rint(top + nameHeight), Math.min(room, Math.ceil(amount.prefWidth(-1))), amountHeight);
    }
}
