// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** A button that copies a text and says so for a moment. */
public final class CopyButton extends Button {
    private static final Duration SAID_SO = Duration.seconds(1.6);

    private final FontIcon icon = Ui.icon(MaterialDesignC.CONTENT_COPY);

    /**
     * @param hint for tooltip and screen reader, such as {@code Copy URI}
     * @param words shown on the button; empty for an icon alone
     */
    public CopyButton(String hint, String words, Supplier<String> text) {
        getStyleClass().addAll("copy-button", "flat");
        setGraphic(icon);
        setText(words);
        setTooltip(new Tooltip(hint));
        setAccessibleText(hint);
        PauseTransition back = new PauseTransition(SAID_SO);
        back.setOnFinished(event -> {
            icon.setIconCode(MaterialDesignC.CONTENT_COPY);
            setText(words);
            setAccessibleText(hint);
            getStyleClass().remove("copied");
        });
        setOnAction(event -> {
            copy(text.get());
            icon.setIconCode(MaterialDesignC.CHECK);
            setText(words.isEmpty() ? "" : Texts.of("common.copied"));
            setAccessibleText(Texts.of("common.copied"));
            getStyleClass().add("copied");
            back.playFromStart();
        });
    }

    /** Puts a text on the clipboard. */
    public static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
