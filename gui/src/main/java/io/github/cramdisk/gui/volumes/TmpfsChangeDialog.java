// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TextField;

/** The form that resizes or remounts a tmpfs. */
public final class TmpfsChangeDialog extends VolumeForm {
    private final TextField size;

    public TmpfsChangeDialog(TmpfsChangeModel model, Consumer<VolumeInfo> onDone, Runnable onCancel) {
        super(
                new Words(model.title(), "change", Texts.of("volumes.change"), Texts.of("volumes.changing")),
                model,
                onDone,
                onCancel);
        setId("tmpfs-change-dialog");
        size = shortField("size", model.size);
        addRow(
                Texts.of("volumes.size"),
                size,
                line(size, Ui.label(model.holds(), "muted", "small")),
                model.sizeErrorProperty());
        TextField inodes = shortField("inodes", model.inodes);
        inodes.setPromptText(Texts.of("volumes.as-it-is"));
        addRow(
                Texts.of("volumes.files"),
                inodes,
                line(inodes, Ui.label(Texts.of("volumes.files.hint"), "muted", "small")),
                model.inodesErrorProperty());
        addMode(model.mode, Texts.of("volumes.mode.as-they-are"), model.modeErrorProperty());
        addRow(
                Texts.of("volumes.access"),
                null,
                flow(
                        Ui.check("read-only", Texts.of("volumes.read-only"), model.readOnly),
                        Ui.check("noexec", Texts.of("volumes.noexec"), model.noexec)),
                null);
    }

    @Override
    public Node firstFocus() {
        size.selectAll();
        return size;
    }
}
