// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** A number with its name above and a note below. */
public final class NumberCard extends VBox {
    private final Label number = Ui.label("", "number", "strong");
    private final Label note = Ui.label("", "muted", "small");

    public NumberCard(String name, double width) {
        getStyleClass().addAll("card", "number-card");
        getChildren().addAll(Ui.label(name, "muted"), number, note);
        // Equal widths, whatever the numbers: a card that grows with its text would push the others about.
        setPrefWidth(width);
        setMinWidth(0);
    }

    public void show(String text, String noteText) {
        number.setText(text);
        note.setText(noteText);
    }
}
