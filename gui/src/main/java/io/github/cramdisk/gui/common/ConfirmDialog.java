// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** Asks before something is destroyed. The focus is on Cancel: Enter alone destroys nothing. */
public final class ConfirmDialog extends VBox {
    private static final double WIDTH = 460;

    private final Button cancel = new Button(Texts.of("common.cancel"));

    public ConfirmDialog(ConfirmModel<?> model, Runnable onDone, Runnable onCancel) {
        getStyleClass().addAll("dialog-card", "erase-dialog");
        setId("erase-dialog");
        setPrefWidth(WIDTH);
        Label title = Ui.paragraph(model.title(), "title", "strong");
        Label loss = Ui.paragraph(model.loss());
        loss.setId("erase-loss");
        getChildren().addAll(title, loss);
        if (!model.users().isEmpty()) {
            Label users = Ui.paragraph(model.users(), "notice", "notice-warning");
            users.setId("erase-users");
            users.setGraphic(Ui.icon(MaterialDesignL.LAN_CONNECT));
            getChildren().add(users);
        }
        cancel.setOnAction(event -> onCancel.run());
        cancel.setCancelButton(true);
        Button action = new Button(model.action());
        action.setId("erase-confirm");
        action.getStyleClass().add("danger");
        action.disableProperty().bind(model.busyProperty());
        action.setOnAction(event -> model.submit(done -> onDone.run()));
        HBox buttons = Ui.styled(new HBox(cancel, action), "dialog-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(new RefusalBox(model.refusalProperty()), buttons);
    }

    /** Where the focus goes when the dialog opens. */
    public Node firstFocus() {
        return cancel;
    }
}
