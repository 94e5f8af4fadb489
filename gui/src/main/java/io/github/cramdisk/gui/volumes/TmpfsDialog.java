// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** The form that mounts a tmpfs. */
public final class TmpfsDialog extends VolumeForm {
    private static final double OWNER_FIELD = 160;

    private final TextField target;

    public TmpfsDialog(TmpfsFormModel model, Consumer<VolumeInfo> onDone, Runnable onCancel) {
        super(
                new Words(
                        Texts.of("volumes.tmpfs.title"),
                        "mount",
                        Texts.of("volumes.mount"),
                        Texts.of("volumes.mounting")),
                model,
                onDone,
                onCancel);
        setId("tmpfs-dialog");
        target = addTarget(model.mount, model.targetErrorProperty());
        addMakeFolder(model.mount);
        TextField size = shortField("size", model.size);
        addRow(
                Texts.of("volumes.size"),
                size,
                line(size, Ui.label(Texts.of("volumes.size.hint"), "muted", "small")),
                model.sizeErrorProperty());
        addMode(model.mount.mode, Texts.of("volumes.mode.hint-1777"), model.modeErrorProperty());
        addAccess(model.mount);
        addTemporary(model.mount);
        addMore();
        addOwner(model);
        addTmpfsDetails(model);
        addMountDetails(model.mount, model.limits());
    }

    @Override
    public Node firstFocus() {
        return target;
    }

    private void addOwner(TmpfsFormModel model) {
        TextField uid = shortField("uid", model.uid);
        uid.setPromptText(Texts.of("volumes.uid"));
        uid.setAccessibleText(Texts.of("volumes.uid.accessible"));
        TextField gid = shortField("gid", model.gid);
        gid.setPromptText(Texts.of("volumes.gid"));
        gid.setAccessibleText(Texts.of("volumes.gid.accessible"));
        uid.setPrefWidth(OWNER_FIELD);
        gid.setPrefWidth(OWNER_FIELD);
        hideUntilAsked(addRow(Texts.of("volumes.owner"), uid, line(uid, gid), model.ownerErrorProperty()));
        TextField inodes = shortField("inodes", model.inodes);
        hideUntilAsked(addRow(
                Texts.of("volumes.files"),
                inodes,
                line(inodes, Ui.label(Texts.of("volumes.files.hint"), "muted", "small")),
                model.inodesErrorProperty()));
    }

    private void addTmpfsDetails(TmpfsFormModel model) {
        KernelLimits limits = model.limits();
        hideUntilAsked(addRow(
                Texts.of("volumes.huge"),
                null,
                gated(
                        choice("huge", model.huge, withNone(HugePages.values()), HugePages::text),
                        limits.without(KernelFeature.TMPFS_HUGE, Texts.of("volumes.lacks.huge"))),
                null));
        ComboBox<String> policy = new ComboBox<>();
        policy.setId("mpol");
        policy.setEditable(true);
        policy.getItems().setAll(model.policies());
        policy.getEditor().setPromptText(Texts.of("volumes.kernel-default"));
        policy.getEditor().textProperty().bindBidirectional(model.policy);
        hideUntilAsked(addRow(
                Texts.of("volumes.numa"), policy, gated(policy, model.withoutPolicies()), model.policyErrorProperty()));
        hideUntilAsked(addRow(
                Texts.of("volumes.inodes"),
                null,
                gated(
                        choice("inode-width", model.inodeWidth, withNone(InodeWidth.values()), InodeWidth::text),
                        limits.without(KernelFeature.TMPFS_INODE64, Texts.of("volumes.lacks.inode64"))),
                null));
        CheckBox strict = Ui.check("strict-encoding", Texts.of("volumes.strict-encoding"), model.strictEncoding);
        strict.disableProperty().bind(model.casefold.not());
        hideUntilAsked(addRow(
                Texts.of("volumes.more"),
                null,
                new VBox(
                        6,
                        gated(
                                Ui.check("noswap", Texts.of("volumes.noswap"), model.noswap),
                                limits.without(KernelFeature.TMPFS_NOSWAP, Texts.of("volumes.lacks.noswap"))),
                        gated(
                                Ui.check("quota", Texts.of("volumes.quota"), model.quota),
                                limits.without(KernelFeature.TMPFS_QUOTA, Texts.of("volumes.lacks.quota"))),
                        gated(
                                Ui.check("casefold", Texts.of("volumes.casefold"), model.casefold),
                                limits.without(KernelFeature.TMPFS_CASEFOLD, Texts.of("volumes.lacks.casefold"))),
                        strict),
                null));
    }

    /** The values, and before them the kernel's choice. */
    private static <T> List<T> withNone(T[] values) {
        @SuppressWarnings("NullAway") // ComboBox takes null for "nothing chosen".
        List<T> all = new java.util.ArrayList<>(Arrays.asList((T) null));
        all.addAll(Arrays.asList(values));
        return all;
    }
}
