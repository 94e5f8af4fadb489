// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;

/** Shows a {@link Refusal}: the sentence, what to do, and a command to copy. Takes no room while there is none. */
public final class RefusalBox extends VBox {
    private final Label sentence = Ui.paragraph("");
    private final Label advice = Ui.paragraph("");
    private final Label command = Ui.paragraph("", "mono", "command-text");
    private final HBox commandLine;

    /** In a dialog. */
    public RefusalBox(ObservableValue<@Nullable Refusal> refusal) {
        this(refusal, "");
    }

    /** @param where distinguishes the ids of its nodes from those in a dialog */
    public RefusalBox(ObservableValue<@Nullable Refusal> refusal, String where) {
        getStyleClass().addAll("notice", "notice-danger", "refusal");
        sentence.setId(where + "engine-error");
        sentence.setGraphic(Ui.icon(MaterialDesignA.ALERT_CIRCLE_OUTLINE));
        advice.setId(where + "refusal-advice");
        command.setId(where + "refusal-command");
        commandLine = commandLine(command);
        getChildren().addAll(sentence, advice, commandLine);
        refusal.addListener((property, before, now) -> show(now));
        show(refusal.getValue());
    }

    private void show(@Nullable Refusal refusal) {
        Ui.setShown(this, refusal != null);
        if (refusal != null) {
            sentence.setText(refusal.sentence());
            advice.setText(refusal.advice());
            Ui.setShown(advice, !refusal.advice().isEmpty());
            command.setText(refusal.command());
            Ui.setShown(commandLine, !refusal.command().isEmpty());
        }
    }

    /** A command line with a button that copies it. */
    public static HBox commandLine(Label command) {
        command.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(command, Priority.ALWAYS);
        CopyButton copy = new CopyButton(Texts.of("common.copy-command"), "", command::getText);
        HBox box = Ui.styled(new HBox(command, copy), "command-box");
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }
}
