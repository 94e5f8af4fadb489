// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** Shows a {@link Toast}, with a button that takes back what was done. Takes no room while there is none. */
final class ToastView extends HBox {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final Label text = Ui.paragraph("");
    private final Button undo = new Button(Texts.of("overview.undo"));

    ToastView(ObservableValue<@Nullable Toast> toast, Runnable dismiss) {
        getStyleClass().add("toast");
        setId("toast");
        setAlignment(Pos.CENTER_LEFT);
        setAccessibleRole(AccessibleRole.TEXT);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        text.setId("toast-text");
        text.setMaxWidth(520);
        undo.setId("undo");
        undo.setMnemonicParsing(true);
        undo.setMinWidth(USE_PREF_SIZE);
        Button close = new Button("", Ui.icon(MaterialDesignC.CLOSE));
        close.getStyleClass().addAll("flat", "button-icon");
        close.setAccessibleText(Texts.of("common.close"));
        close.setOnAction(event -> dismiss.run());
        getChildren().addAll(text, undo, close);
        toast.addListener((property, before, now) -> show(now));
        show(toast.getValue());
    }

    private void show(@Nullable Toast toast) {
        Ui.setShown(this, toast != null);
        if (toast == null) {
            return;
        }
        Runnable back = toast.undo();
        text.setText(toast.text());
        setAccessibleText(toast.text());
        notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        pseudoClassStateChanged(FAILED, toast.failed());
        Ui.setShown(undo, back != null);
        undo.setOnAction(event -> {
            if (back != null) {
                back.run();
            }
        });
    }
}
