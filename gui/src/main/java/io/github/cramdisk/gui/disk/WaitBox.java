// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;

/** Says that writes wait for room, with the buttons that make some. */
final class WaitBox extends HBox {
    private final Label sentence = Ui.paragraph("", "wait-text");
    private final Button grow = new Button();
    private final Button free = new Button(Texts.of("disk.wait.free"));

    WaitBox(WaitModel model) {
        getStyleClass().addAll("notice", "notice-warning", "wait-box");
        setId("wait-box");
        setAlignment(Pos.CENTER_LEFT);
        setAccessibleRole(AccessibleRole.TEXT);
        Label outcome = Ui.message(model.outcomeProperty(), "small");
        VBox words = new VBox(2, sentence, outcome);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        grow.setId("wait-grow");
        grow.getStyleClass().add("accent");
        grow.setMinWidth(USE_PREF_SIZE);
        grow.disableProperty().bind(model.busyProperty());
        grow.setOnAction(event -> model.grow());
        free.setId("wait-free");
        free.setMnemonicParsing(true);
        free.setMinWidth(USE_PREF_SIZE);
        free.setTooltip(new Tooltip(Texts.of("disk.wait.free.hint")));
        free.disableProperty().bind(model.busyProperty());
        free.setOnAction(event -> model.free());
        getChildren().addAll(Ui.icon(MaterialDesignA.ALERT_OUTLINE), words, grow, free);
        model.faceProperty().addListener((property, before, now) -> show(now));
        show(model.faceProperty().get());
    }

    private void show(WaitModel.@Nullable Face face) {
        Ui.setShown(this, face != null);
        if (face != null) {
            sentence.setText(face.sentence());
            setAccessibleText(face.sentence());
            grow.setText(face.grow());
            Ui.setShown(grow, !face.grow().isEmpty());
        }
    }
}
