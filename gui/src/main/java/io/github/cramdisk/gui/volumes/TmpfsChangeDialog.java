// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.Ui;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TextField;

/** The form that resizes or remounts a tmpfs. */
public final class TmpfsChangeDialog extends VolumeForm {
    private final TextField size;

    public TmpfsChangeDialog(TmpfsChangeModel model, Consumer<VolumeInfo> onDone, Runnable onCancel) {
        super(new Words(model.title(), "change", "_Change", "Changing…"), model, onDone, onCancel);
        setId("tmpfs-change-dialog");
        size = shortField("size", model.size);
        addRow("_Size", size, line(size, Ui.label(model.holds(), "muted", "small")), model.sizeErrorProperty());
        TextField inodes = shortField("inodes", model.inodes);
        inodes.setPromptText("as it is");
        addRow(
                "_Files",
                inodes,
                line(inodes, Ui.label("at most; 0 for no limit", "muted", "small")),
                model.inodesErrorProperty());
        addMode(model.mode, "empty: as they are", model.modeErrorProperty());
        addRow(
                "Access",
                null,
                flow(
                        check("read-only", "Read only", model.readOnly),
                        check("noexec", "No programs (noexec)", model.noexec)),
                null);
    }

    @Override
    public Node firstFocus() {
        size.selectAll();
        return size;
    }
}
