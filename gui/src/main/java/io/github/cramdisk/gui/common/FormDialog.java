// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import atlantafx.base.theme.Styles;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/**
 * The frame of every form: title, rows of fields, warning, command line, refusal and buttons. A form adds its rows with
 * {@link #addRow}.
 */
public abstract class FormDialog extends VBox {
    /** Width of a field that holds a size or a number. */
    protected static final double SHORT_FIELD = 120;

    private static final double WIDTH = 640;
    private static final double NAMES_WIDTH = 120;
    private static final PseudoClass UNTOUCHED = PseudoClass.getPseudoClass("untouched");

    private final GridPane form = Ui.styled(new GridPane(), "form");
    private final VBox body = Ui.styled(new VBox(), "form-body");
    private int row;

    /**
     * The words of a form.
     *
     * @param id of the button that does it
     * @param action on that button, with its mnemonic
     * @param doing on that button while it is done
     */
    public record Words(String title, String id, String action, String doing) {}

    /**
     * @param onDone told once the engine has done it
     * @param onCancel told when the user gives up
     */
    protected <R> FormDialog(Words words, FormModel<?, R> model, Consumer<? super R> onDone, Runnable onCancel) {
        getStyleClass().addAll("dialog-card", "create-dialog");
        setPrefWidth(WIDTH);
        ColumnConstraints names = new ColumnConstraints(NAMES_WIDTH);
        names.setHalignment(HPos.LEFT);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        form.getColumnConstraints().addAll(names, fields);

        Label command = Ui.paragraph("", "mono", "command-text");
        command.textProperty().bind(model.commandProperty());
        command.setId("command");
        Label warning = Ui.message(model.warningProperty(), "notice", "notice-warning");
        warning.setId("form-warning");
        warning.setGraphic(Ui.icon(MaterialDesignA.ALERT_OUTLINE));
        body.getChildren().addAll(form, warning);
        getChildren()
                .addAll(
                        head(words.title(), onCancel),
                        new FormScroll(body),
                        RefusalBox.commandLine(command),
                        new RefusalBox(model.refusalProperty()),
                        buttons(words, model, onDone, onCancel));
    }

    /** Puts something between the title and the fields. */
    public final void setTop(Node node) {
        body.getChildren().add(0, node);
    }

    /** Shows what is otherwise shown on demand. */
    public void showAll() {}

    /** Where the focus goes when the dialog opens. */
    public abstract Node firstFocus();

    private static HBox head(String title, Runnable onCancel) {
        Button close = new Button("", Ui.icon(MaterialDesignC.CLOSE));
        close.getStyleClass().addAll("flat", "button-icon");
        close.setAccessibleText(Texts.of("common.close"));
        close.setOnAction(event -> onCancel.run());
        close.setFocusTraversable(false);
        HBox head = Ui.styled(new HBox(Ui.label(title, "title", "strong"), Ui.spacer(), close), "dialog-head");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private static <R> HBox buttons(Words words, FormModel<?, R> model, Consumer<? super R> onDone, Runnable onCancel) {
        Button cancel = new Button(Texts.of("common.cancel"));
        cancel.setOnAction(event -> onCancel.run());
        Button create = new Button(words.action());
        create.setMnemonicParsing(true);
        create.setId(words.id());
        create.setDefaultButton(true);
        create.disableProperty().bind(model.validProperty().not().or(model.busyProperty()));
        create.textProperty()
                .bind(Bindings.when(model.busyProperty()).then(words.doing()).otherwise(words.action()));
        create.setOnAction(event -> model.submit(onDone));
        HBox buttons = Ui.styled(new HBox(cancel, create), "dialog-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        return buttons;
    }

    /**
     * @param labelled what the mnemonic in {@code text} leads to; null for none
     * @param error shown below the field; null where nothing can be wrong
     * @return the nodes of the row, to be hidden together
     */
    protected final FormRow addRow(
            String text, @Nullable Node labelled, Node field, @Nullable ObservableValue<String> error) {
        Label label = Ui.label(text, "form-name");
        if (labelled != null) {
            label.setMnemonicParsing(true);
            label.setLabelFor(labelled);
        }
        HBox line = new HBox(field);
        line.getStyleClass().add("form-line");
        HBox.setHgrow(field, Priority.ALWAYS);
        VBox column = new VBox(4, line);
        if (error != null) {
            Label message = Ui.message(error, "field-error", "small");
            column.getChildren().add(message);
            if (labelled instanceof TextField empty && empty.getText().isEmpty()) {
                askUntilTyped(empty, message);
            }
            if (labelled instanceof Region marked) {
                markWhenWrong(marked, error);
            }
        }
        GridPane.setValignment(label, VPos.TOP);
        form.add(label, 0, row);
        form.add(column, 1, row++);
        return new FormRow(label, column);
    }

    /** What is missing in a field that nobody has typed in yet is a hint and no error. */
    private static void askUntilTyped(TextField field, Label message) {
        message.pseudoClassStateChanged(UNTOUCHED, true);
        field.textProperty().addListener(observable -> message.pseudoClassStateChanged(UNTOUCHED, false));
    }

    /** A row over the whole width. */
    protected final void addWide(Node node) {
        form.add(node, 0, row++, 2, 1);
    }

    /** A short field bound to {@code value}. */
    protected static TextField shortField(String id, javafx.beans.property.StringProperty value) {
        TextField field = new TextField();
        field.setId(id);
        field.setPrefWidth(SHORT_FIELD);
        field.setMinWidth(SHORT_FIELD);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    protected static HBox line(Node... nodes) {
        HBox line = new HBox(10, nodes);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    protected static void markWhenWrong(Region field, ObservableValue<String> error) {
        error.addListener(
                (property, before, now) -> field.pseudoClassStateChanged(Styles.STATE_DANGER, !now.isEmpty()));
    }

    /** A row of the form. */
    public record FormRow(Node label, Node field) {
        public void setShown(boolean shown) {
            Ui.setShown(label, shown);
            Ui.setShown(field, shown);
        }
    }
}
