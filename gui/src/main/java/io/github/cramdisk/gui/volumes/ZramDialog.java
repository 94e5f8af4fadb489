// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.gui.common.Texts;
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
    private static final int MINUTES_OF_HOUR = 60;
    /** 0 for never. */
    private static final List<Integer> UPKEEP_MINUTES = List.of(0, 10, 30, 60, 360, 1440);

    private final TextField size;

    public ZramDialog(ZramFormModel model, boolean swapOnly, Consumer<ZramInfo> onDone, Runnable onCancel) {
        super(
                new Words(
                        Texts.of(swapOnly ? "volumes.zram.title-swap" : "volumes.zram.title"),
                        "create",
                        Texts.of(swapOnly ? "volumes.zram.create-swap" : "volumes.zram.create"),
                        Texts.of("volumes.zram.creating")),
                model,
                onDone,
                onCancel);
        setId("zram-dialog");
        ToggleGroup group = new ToggleGroup();
        HBox use = Ui.styled(
                new HBox(
                        use(group, "use-filesystem", Texts.of("volumes.zram.filesystem"), !model.asSwap.get()),
                        use(group, "use-swap", Texts.of("volumes.zram.swap"), model.asSwap.get())),
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
        addRow(Texts.of("volumes.zram.use"), null, line(use), null).setShown(!swapOnly);
        size = shortField("size", model.size);
        addRow(
                Texts.of("volumes.size"),
                size,
                line(size, Ui.label(Texts.of("volumes.zram.size.hint"), "muted", "small")),
                model.sizeErrorProperty());
        List<FormRow> ofFilesystem = new ArrayList<>();
        TextField target = new TextField();
        target.setId("target");
        target.setPromptText("/mnt/zram");
        target.textProperty().bindBidirectional(model.mount.target);
        ofFilesystem.add(addRow(Texts.of("volumes.folder"), target, target, model.targetErrorProperty()));
        ofFilesystem.add(addMakeFolder(model.mount));
        ofFilesystem.add(addFilesystem(model));
        ofFilesystem.add(addMode(model.mount.mode, Texts.of("volumes.mode.hint-755"), model.modeErrorProperty()));
        ofFilesystem.add(addAccess(model.mount));
        TextField priority = shortField("priority", model.priority);
        FormRow ofSwap = addRow(
                Texts.of("volumes.zram.priority"),
                priority,
                line(priority, Ui.label(Texts.of("volumes.zram.priority.hint"), "muted", "small")),
                model.priorityErrorProperty());
        addTemporary(model.mount);
        addMore();
        addDetails(model);
        model.asSwap.addListener((property, before, swap) -> {
            ofFilesystem.forEach(row -> row.setShown(!swap));
            ofSwap.setShown(swap);
        });
        ofFilesystem.forEach(row -> row.setShown(!model.asSwap.get()));
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

    private static String pace(int minutes) {
        return minutes == 0
                ? Texts.of("volumes.zram.upkeep.never")
                : minutes < MINUTES_OF_HOUR
                        ? Texts.of("volumes.zram.upkeep.minutes", minutes)
                        : Texts.of("volumes.zram.upkeep.hours", minutes / MINUTES_OF_HOUR);
    }

    private FormRow addFilesystem(ZramFormModel model) {
        ComboBox<FilesystemType> types =
                choice("filesystem", model.filesystem, List.of(FilesystemType.values()), FilesystemType::text);
        return addRow(Texts.of("volumes.zram.type"), types, line(types), model.filesystemErrorProperty());
    }

    private void addDetails(ZramFormModel model) {
        SimpleObjectProperty<String> algorithm = new SimpleObjectProperty<>(model.algorithm.get());
        algorithm.addListener((property, before, now) -> model.algorithm.set(now == null ? "" : now));
        ComboBox<String> algorithms = choice(
                "algorithm",
                algorithm,
                model.algorithms(),
                name -> name.isEmpty() ? Texts.of("volumes.kernel-default") : name);
        TextField parameters = shortField("parameters", model.parameters);
        parameters.setPromptText(Texts.of("volumes.zram.parameters.prompt"));
        parameters.setAccessibleText(Texts.of("volumes.zram.parameters"));
        parameters.disableProperty().bind(model.algorithm.isEmpty());
        hideUntilAsked(addRow(
                Texts.of("volumes.zram.compression"),
                null,
                line(
                        algorithms,
                        gated(
                                parameters,
                                model.limits()
                                        .without(
                                                KernelFeature.ZRAM_ALGORITHM_PARAMETERS,
                                                Texts.of("volumes.lacks.zram-parameters")))),
                model.algorithmErrorProperty()));
        SimpleObjectProperty<String> second = new SimpleObjectProperty<>(model.recompression.get());
        second.addListener((property, before, now) -> model.recompression.set(now == null ? "" : now));
        hideUntilAsked(addRow(
                Texts.of("volumes.zram.recompression"),
                null,
                gated(
                        choice(
                                "recompression",
                                second,
                                model.algorithms(),
                                name -> name.isEmpty() ? Texts.of("volumes.zram.recompression.none") : name),
                        model.limits()
                                .without(
                                        KernelFeature.ZRAM_RECOMPRESSION,
                                        Texts.of("volumes.lacks.zram-recompression"))),
                null));
        TextField backing = new TextField();
        backing.setId("backing-device");
        backing.setPromptText("/dev/sdb2");
        backing.setAccessibleText(Texts.of("volumes.zram.backing.accessible"));
        backing.textProperty().bindBidirectional(model.backingDevice);
        hideUntilAsked(addRow(
                Texts.of("volumes.zram.backing"),
                backing,
                gated(
                        backing,
                        model.limits().without(KernelFeature.ZRAM_WRITEBACK, Texts.of("volumes.lacks.zram-writeback"))),
                model.backingErrorProperty()));
        ComboBox<Integer> upkeep = choice("upkeep", model.upkeepMinutes, UPKEEP_MINUTES, ZramDialog::pace);
        upkeep.setAccessibleText(Texts.of("volumes.zram.upkeep.accessible"));
        hideUntilAsked(addRow(
                Texts.of("volumes.zram.upkeep"),
                null,
                line(upkeep, Ui.label(Texts.of("volumes.zram.upkeep.hint"), "muted", "small")),
                null));
        TextField limit = shortField("mem-limit", model.memLimit);
        limit.setPromptText(Texts.of("common.no-limit"));
        hideUntilAsked(addRow(
                Texts.of("volumes.zram.limit"),
                limit,
                line(limit, Ui.label(Texts.of("volumes.zram.limit.hint"), "muted", "small")),
                model.memLimitErrorProperty()));
        TextField label = shortField("label", model.label);
        hideUntilAsked(addRow(Texts.of("volumes.zram.label"), label, line(label), model.labelErrorProperty()));
    }
}
