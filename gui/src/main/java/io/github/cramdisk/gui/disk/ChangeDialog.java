// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.common.FormDialog;
import io.github.cramdisk.gui.common.FullWaitBox;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.create.LevelBox;
import io.github.cramdisk.gui.create.SqueezeBox;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;

/** The form that changes a disk while it is used. */
public final class ChangeDialog extends FormDialog {
    private final ChangeModel model;
    private final HBox codecs;

    /**
     * @param onChanged told once the engine has done it
     * @param onCancel told when the user gives up
     */
    public ChangeDialog(ChangeModel model, Consumer<? super DiskInfo> onChanged, Runnable onCancel) {
        super(
                new Words(
                        Texts.of("disk.change.title", model.info().name()),
                        "change-disk",
                        Texts.of("disk.change.do"),
                        Texts.of("disk.change.doing")),
                model,
                onChanged,
                onCancel);
        this.model = model;
        setId("change-dialog");
        codecs = ChartCard.choices(
                List.of(
                        new ChartCard.Choice<>("change-lz4", Texts.of("create.codec.lz4"), CodecSpec.Algorithm.LZ4),
                        new ChartCard.Choice<>("change-zstd", Texts.of("create.codec.zstd"), CodecSpec.Algorithm.ZSTD),
                        new ChartCard.Choice<>("change-none", Texts.of("create.codec.none"), CodecSpec.Algorithm.NONE)),
                model.compression().algorithmProperty().get(),
                model.compression().algorithmProperty()::set);
        codecs.getChildren().forEach(toggle -> toggle.getStyleClass().add("segment-large"));
        codecs.setMaxHeight(USE_PREF_SIZE);
        addRow(Texts.of("create.compression"), null, line(codecs, level()), null);
        addRow(Texts.of("create.squeeze"), null, new SqueezeBox("change-squeeze", model.compression()), null);
        addLimit();
        CheckBox readOnly = new CheckBox(Texts.of("disk.change.read-only"));
        readOnly.setId("change-read-only");
        readOnly.selectedProperty().bindBidirectional(model.readOnlyProperty());
        addRow(Texts.of("create.access"), null, readOnly, null);
    }

    @Override
    public Node firstFocus() {
        return codecs.getChildren().get(0);
    }

    private LevelBox level() {
        LevelBox level = new LevelBox(
                "change-level",
                Texts.of("create.level.accessible"),
                model.compression().levelProperty());
        level.visibleProperty().bind(model.compression().algorithmProperty().isEqualTo(CodecSpec.Algorithm.ZSTD));
        return level;
    }

    private void addLimit() {
        CheckBox limited = new CheckBox(Texts.of("create.limit.use"));
        limited.setId("change-limited");
        limited.selectedProperty().bindBidirectional(model.limitedProperty());
        TextField limit = shortField("change-limit", model.limitTextProperty());
        limit.setAccessibleText(Texts.of("create.limit"));
        limit.setPromptText(Texts.of("create.limit.none"));
        limit.disableProperty().bind(model.limitedProperty().not());
        addRow(
                Texts.of("create.limit"),
                null,
                line(limited, limit, Ui.label(Texts.of("create.limit.of-memory"), "muted")),
                model.limitErrorProperty());
        markWhenWrong(limit, model.limitErrorProperty());
        FormRow full =
                addRow(Texts.of("create.full"), null, new FullWaitBox("change-full", model.fullWaitProperty()), null);
        TextField grow = shortField("change-grow-to", model.growTextProperty());
        grow.setAccessibleText(Texts.of("create.grow.accessible"));
        grow.setPromptText(Texts.of("create.grow.none"));
        FormRow growing =
                addRow("", grow, line(Ui.label(Texts.of("create.grow"), "muted"), grow), model.growErrorProperty());
        model.limitedProperty().addListener((property, before, now) -> {
            full.setShown(now);
            growing.setShown(now);
        });
        full.setShown(model.limitedProperty().get());
        growing.setShown(model.limitedProperty().get());
    }
}
