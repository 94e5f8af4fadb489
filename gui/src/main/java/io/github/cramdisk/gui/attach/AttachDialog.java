// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.common.Texts;
import java.util.function.Consumer;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;

/** The form that mounts a disk. */
public final class AttachDialog extends AttachForm {
    private final Node target;

    /**
     * @param onMounted told once the engine has done it
     * @param onCancel told when the user gives up; what is under way goes on
     */
    public AttachDialog(AttachModel model, Consumer<? super DiskInfo> onMounted, Runnable onCancel) {
        super(
                new Words(
                        Texts.of("attach.title", model.info().name()),
                        "attach-disk",
                        Texts.of("attach.do"),
                        Texts.of("attach.doing")),
                model,
                model.job(),
                onMounted,
                onCancel);
        setId("attach-dialog");
        target = addAttachRows(model.fields(), new SimpleBooleanProperty(true));
        CheckBox format = new CheckBox(Texts.of("attach.format.use"));
        format.setId("attach-format");
        format.selectedProperty().bindBidirectional(model.formatProperty());
        FormRow row = addRow(Texts.of("attach.format"), null, format, null);
        model.fields()
                .useProperty()
                .addListener((property, before, now) -> row.setShown(now != AttachFields.Use.DEVICE));
    }

    @Override
    public Node firstFocus() {
        return target;
    }
}
