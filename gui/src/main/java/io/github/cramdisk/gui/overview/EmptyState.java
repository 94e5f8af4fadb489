// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.gui.common.Ui;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** What the overview shows while there is no disk: what one is, and how to get one. */
final class EmptyState extends VBox {
    EmptyState(Runnable onNewDisk) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        FontIcon glyph = Ui.icon(MaterialDesignM.MEMORY, "empty-icon");
        StackPane disc = Ui.styled(new StackPane(glyph), "empty-disc");
        var words = Ui.paragraph(
                "A Cramdisk disk keeps files in memory, compressed: it is as fast as memory and takes about half of it.",
                "muted");
        words.setTextAlignment(TextAlignment.CENTER);
        words.setMaxWidth(440);
        Button button = new Button("New disk…");
        button.getStyleClass().add("accent");
        button.setId("empty-new-disk");
        button.setOnAction(event -> onNewDisk.run());
        getChildren()
                .addAll(
                        disc,
                        Ui.label("No disk yet", "heading", "strong"),
                        words,
                        button,
                        Ui.label("or drag in the free part of the bar above", "muted", "small"));
    }
}
