// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.Ui;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** The form that mounts a tmpfs. */
public final class TmpfsDialog extends VolumeForm {
    private final TextField target;

    public TmpfsDialog(TmpfsFormModel model, Consumer<VolumeInfo> onDone, Runnable onCancel) {
        super(new Words("New scratch space (tmpfs)", "mount", "_Mount", "Mounting…"), model, onDone, onCancel);
        setId("tmpfs-dialog");
        target = addTarget(model.mount, model.targetErrorProperty());
        addMakeFolder(model.mount);
        TextField size = shortField("size", model.size);
        addRow(
                "_Size",
                size,
                line(size, Ui.label("at most: 512M, 1.5G, 50% of the memory, or unlimited", "muted", "small")),
                model.sizeErrorProperty());
        addMode(model.mount.mode, "such as 1777 (the default) or 0700", model.modeErrorProperty());
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
        uid.setPromptText("user number");
        uid.setAccessibleText("User number of the owner");
        TextField gid = shortField("gid", model.gid);
        gid.setPromptText("group number");
        gid.setAccessibleText("Group number");
        hideUntilAsked(addRow("_Owner", uid, line(uid, gid), model.ownerErrorProperty()));
        TextField inodes = shortField("inodes", model.inodes);
        hideUntilAsked(addRow(
                "_Files",
                inodes,
                line(inodes, Ui.label("at most; 0 for no limit", "muted", "small")),
                model.inodesErrorProperty()));
    }

    private void addTmpfsDetails(TmpfsFormModel model) {
        KernelLimits limits = model.limits();
        hideUntilAsked(addRow(
                "Huge pages",
                null,
                gated(
                        choice("huge", model.huge, withNone(HugePages.values()), HugePages::text),
                        limits.without(KernelFeature.TMPFS_HUGE, "huge pages for tmpfs")),
                null));
        TextField policy = shortField("mpol", model.policy);
        policy.setPromptText("prefer:0");
        hideUntilAsked(addRow(
                "_NUMA nodes",
                policy,
                gated(policy, limits.without(KernelFeature.TMPFS_MPOL, "NUMA policies for tmpfs")),
                model.policyErrorProperty()));
        hideUntilAsked(addRow(
                "Inode numbers",
                null,
                gated(
                        choice("inode-width", model.inodeWidth, withNone(InodeWidth.values()), InodeWidth::text),
                        limits.without(KernelFeature.TMPFS_INODE64, "inode64")),
                null));
        CheckBox strict = check("strict-encoding", "Refuse names that are not valid UTF-8", model.strictEncoding);
        strict.disableProperty().bind(model.casefold.not());
        hideUntilAsked(addRow(
                "More",
                null,
                new VBox(
                        6,
                        gated(
                                check("noswap", "Never swap it (noswap)", model.noswap),
                                limits.without(KernelFeature.TMPFS_NOSWAP, "noswap")),
                        gated(
                                check("quota", "Quota of users and groups", model.quota),
                                limits.without(KernelFeature.TMPFS_QUOTA, "quota for tmpfs")),
                        gated(
                                check("casefold", "Folders may ignore upper and lower case (casefold)", model.casefold),
                                limits.without(KernelFeature.TMPFS_CASEFOLD, "casefold for tmpfs")),
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
