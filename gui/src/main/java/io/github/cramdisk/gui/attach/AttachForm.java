// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.gui.common.FormDialog;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What the forms have in common that can mount a disk: the rows of {@link AttachFields}, and progress. */
public abstract class AttachForm extends FormDialog {
    protected <R> AttachForm(
            Words words, FormModel<?, R> model, JobWatch job, Consumer<? super R> onDone, Runnable onCancel) {
        super(words, model, onDone, onCancel);
        getChildren().add(getChildren().size() - 1, new JobBox(job, "form-"));
    }

    /** @return the rows, to be hidden together */
    protected final List<FormRow> addAttachRows(AttachFields fields) {
        TextField target = new TextField();
        target.setId("attach-target");
        target.textProperty().bindBidirectional(fields.targetProperty());
        ComboBox<FilesystemType> types = new ComboBox<>();
        types.setId("attach-filesystem");
        types.getItems().setAll(FilesystemType.values());
        types.setConverter(new TypeConverter());
        types.valueProperty().bindBidirectional(fields.filesystemProperty());
        types.setPrefWidth(SHORT_FIELD);
        types.setMinWidth(SHORT_FIELD);
        TextField label = shortField("attach-label", fields.labelProperty());
        label.setPromptText(Texts.of("attach.label.none"));
        return List.of(
                addRow(Texts.of("attach.folder"), target, target, fields.targetErrorProperty()),
                addRow(
                        Texts.of("attach.filesystem"),
                        types,
                        line(types, Ui.label(Texts.of("attach.filesystem.hint"), "muted", "small")),
                        fields.filesystemErrorProperty()),
                addRow(Texts.of("attach.label"), label, line(label), fields.labelErrorProperty()));
    }

    private static final class TypeConverter extends StringConverter<FilesystemType> {
        @Override
        public String toString(@Nullable FilesystemType type) {
            return type == null ? "" : type.text();
        }

        @Override
        public FilesystemType fromString(String text) {
            return FilesystemType.parse(text);
        }
    }
}
