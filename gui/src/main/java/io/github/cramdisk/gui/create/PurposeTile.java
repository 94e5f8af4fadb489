// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignZ;

/** A large button that says what a purpose is and what one gains. */
public final class PurposeTile extends Button {
    private final Label gain = Ui.paragraph("", "tile-gain");

    public PurposeTile(Purpose purpose, Runnable onChosen) {
        getStyleClass().addAll("card", "purpose-tile");
        setId("new-" + purpose.key());
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setMaxWidth(Double.MAX_VALUE);
        setMaxHeight(Double.MAX_VALUE);
        VBox words = Ui.styled(
                new VBox(
                        Ui.icon(glyph(purpose), "tile-icon"),
                        Ui.label(name(purpose), "card-title", "strong"),
                        Ui.paragraph(Texts.of("create.purpose." + purpose.key() + ".words"), "muted"),
                        Ui.spacer(),
                        gain),
                "tile-words");
        words.setAlignment(Pos.TOP_LEFT);
        words.prefWidthProperty().bind(widthProperty().subtract(34));
        words.setMaxHeight(Double.MAX_VALUE);
        setGraphic(words);
        setAlignment(Pos.TOP_LEFT);
        setOnAction(event -> onChosen.run());
        setGain("");
        setAccessibleText(name(purpose) + ". " + Texts.of("create.purpose." + purpose.key() + ".words"));
    }

    /** What one gains on this machine. */
    public void setGain(String text) {
        gain.setText(text);
    }

    static String name(Purpose purpose) {
        return Texts.of("create.purpose." + purpose.key());
    }

    static Ikon glyph(Purpose purpose) {
        return switch (purpose) {
            case SCRATCH -> MaterialDesignF.FOLDER_OUTLINE;
            case DISK -> MaterialDesignZ.ZIP_BOX_OUTLINE;
            case SWAP -> MaterialDesignS.SWAP_HORIZONTAL;
            case EXPERT -> MaterialDesignT.TUNE;
        };
    }
}
