// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.Texts;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TextField;

/** The form that mounts a ramfs. */
public final class RamfsDialog extends VolumeForm {
    private final TextField target;

    public RamfsDialog(RamfsFormModel model, Consumer<VolumeInfo> onDone, Runnable onCancel) {
        super(
                new Words(
                        Texts.of("volumes.ramfs.title"),
                        "mount",
                        Texts.of("volumes.mount"),
                        Texts.of("volumes.mounting")),
                model,
                onDone,
                onCancel);
        setId("ramfs-dialog");
        target = addTarget(model.mount, model.targetErrorProperty());
        addMakeFolder(model.mount);
        addMode(model.mount.mode, Texts.of("volumes.mode.hint-755"), model.modeErrorProperty());
        addAccess(model.mount);
        addTemporary(model.mount);
        addMore();
        addMountDetails(model.mount, model.limits());
    }

    @Override
    public Node firstFocus() {
        return target;
    }
}
