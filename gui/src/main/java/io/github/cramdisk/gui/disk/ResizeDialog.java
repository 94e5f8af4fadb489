// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.common.FormDialog;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TextField;

/** The form that gives a disk another size. */
public final class ResizeDialog extends FormDialog {
    private final TextField size;

    /**
     * @param onResized told once the engine has done it
     * @param onCancel told when the user gives up
     */
    public ResizeDialog(ResizeModel model, Consumer<? super DiskInfo> onResized, Runnable onCancel) {
        super(
                new Words(
                        Texts.of("disk.resize.title", model.info().name()),
                        "resize-disk",
                        Texts.of("disk.resize.do"),
                        Texts.of("disk.resize.doing")),
                model,
                onResized,
                onCancel);
        setId("resize-dialog");
        size = shortField("resize-size", model.sizeTextProperty());
        addRow(
                Texts.of("create.size"),
                size,
                line(
                        size,
                        Ui.label(
                                Texts.of(
                                        "disk.resize.now",
                                        Sizes.format(model.info().sizeBytes()),
                                        Sizes.format(model.info().logicalBytes())),
                                "muted")),
                model.sizeErrorProperty());
    }

    @Override
    public Node firstFocus() {
        size.selectAll();
        return size;
    }
}
