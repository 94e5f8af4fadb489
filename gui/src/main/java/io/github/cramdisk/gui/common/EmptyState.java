// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.Ikon;

/** What stands where things would be while there are none: what they are, and how to get one. */
public final class EmptyState extends VBox {
    private static final double WORDS_WIDTH = 440;

    /** @param rest below the words, such as a button */
    public EmptyState(Ikon glyph, String title, String words, Node... rest) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        StackPane disc = Ui.styled(new StackPane(Ui.icon(glyph, "empty-icon")), "empty-disc");
        var paragraph = Ui.paragraph(words, "muted");
        paragraph.setTextAlignment(TextAlignment.CENTER);
        paragraph.setMaxWidth(WORDS_WIDTH);
        getChildren().addAll(disc, Ui.label(title, "heading", "strong"), paragraph);
        getChildren().addAll(rest);
    }
}
