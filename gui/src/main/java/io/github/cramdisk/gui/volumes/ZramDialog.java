// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.gui.common.Ui;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/** The form that makes a zram device, as a filesystem or as swap. */
public final class ZramDialog extends VolumeForm {
    private final TextField size;

    public ZramDialog(ZramFormModel model, Consumer<ZramInfo> onDone, Runnable onCancel) {
        super(new Words("New zram device", "create", "_Create device", "Creating…"), model, onDone, onCancel);
        setId("zram-dialog");
        ToggleGroup group = new ToggleGroup();
        HBox use = Ui.styled(
                new HBox(
                        use(group, "use-filesystem", "Filesystem", !model.asSwap.get()),
                        use(group, "use-swap", "Swap", model.asSwap.get())),
                "segments");
        use.setMinWidth(USE_PREF_SIZE);
        use.setMaxWidth(USE_PREF_SIZE);
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            } else if (now instanceof ToggleButton chosen) {
                model.asSwap.set("use-swap".equals(chosen.getId()));
            }
        });
        addRow("Use as", null, line(use), null);
        size = shortField("size", model.size);
        addRow(
                "_Size",
                size,
                line(size, Ui.label("before compression; fixed from then on", "muted", "small")),
                model.sizeErrorProperty());
        List<FormRow> ofFilesystem = new ArrayList<>();
        TextField target = new TextField();
        target.setId("target");
        target.setPromptText("/mnt/zram");
        target.textProperty().bindBidirectional(model.mount.target);
        ofFilesystem.add(addRow("_Folder", target, target, model.targetErrorProperty()));
        ofFilesystem.add(addMakeFolder(model.mount));
        ofFilesystem.add(addFilesystem(model));
        ofFilesystem.add(addMode(model.mount.mode, "such as 755 (the default)", model.modeErrorProperty()));
        ofFilesystem.add(addAccess(model.mount));
        TextField priority = shortField("priority", model.priority);
        FormRow ofSwap = addRow(
                "_Priority",
                priority,
                line(priority, Ui.label("the highest is used first", "muted", "small")),
                model.priorityErrorProperty());
        addTemporary(model.mount);
        addMore();
        addDetails(model);
        model.asSwap.addListener((property, before, swap) -> {
            ofFilesystem.forEach(row -> row.setShown(!swap));
            ofSwap.setShown(swap);
        });
        ofSwap.setShown(model.asSwap.get());
    }

    @Override
    public Node firstFocus() {
        size.selectAll();
        return size;
    }

    private static ToggleButton use(ToggleGroup group, String id, String text, boolean selected) {
        ToggleButton toggle = new ToggleButton(text);
        toggle.setId(id);
        toggle.getStyleClass().addAll("segment", "segment-large");
        toggle.setToggleGroup(group);
        toggle.setSelected(selected);
        return toggle;
    }

    private FormRow addFilesystem(ZramFormModel model) {
        ComboBox<FilesystemType> types =
                choice("filesystem", model.filesystem, List.of(FilesystemType.values()), FilesystemType::text);
        return addRow("File_system", types, line(types), model.filesystemErrorProperty());
    }

    private void addDetails(ZramFormModel model) {
        SimpleObjectProperty<String> algorithm = new SimpleObjectProperty<>(model.algorithm.get());
        algorithm.addListener((property, before, now) -> model.algorithm.set(now == null ? "" : now));
        ComboBox<String> algorithms =
                choice("algorithm", algorithm, model.algorithms(), name -> name.isEmpty() ? "kernel’s default" : name);
        hideUntilAsked(addRow("Compression", null, line(algorithms), null));
        TextField limit = shortField("mem-limit", model.memLimit);
        limit.setPromptText("no limit");
        hideUntilAsked(addRow(
                "RAM _limit",
                limit,
                line(limit, Ui.label("most memory it may take", "muted", "small")),
                model.memLimitErrorProperty()));
        TextField label = shortField("label", model.label);
        hideUntilAsked(addRow("La_bel", label, line(label), model.labelErrorProperty()));
    }
}
