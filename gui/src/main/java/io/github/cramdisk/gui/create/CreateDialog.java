// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.attach.AttachForm;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.FullWaitBox;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** The dialog that creates a disk. */
public final class CreateDialog extends AttachForm {

    private final CreateModel model;
    private final TextField name = new TextField();
    private final Label cost = Ui.paragraph("", "cost");

    /**
     * @param onCreated told once the engine has created the disk
     * @param onCancel told when the user gives up
     */
    public CreateDialog(CreateModel model, Consumer<DiskInfo> onCreated, Runnable onCancel) {
        super(
                new Words(Texts.of("create.title"), "create", Texts.of("create.create"), Texts.of("create.creating")),
                model,
                model.job(),
                onCreated,
                onCancel);
        this.model = model;
        setId("create-dialog");
        addName();
        addSize();
        addCodec();
        addBlockSize();
        addRow(Texts.of("create.squeeze"), null, new SqueezeBox("squeeze", model.compression()), null);
        addLimit();
        addWhenFull();
        addReadOnly();
        addMount();
        model.estimateProperty().addListener((property, before, now) -> showCost());
        showCost();
    }

    @Override
    public Node firstFocus() {
        name.selectAll();
        return name;
    }

    private void addName() {
        name.setId("name");
        name.textProperty().bindBidirectional(model.nameProperty());
        addRow(Texts.of("create.name"), name, name, model.nameErrorProperty());
    }

    private void addSize() {
        TextField size = shortField("size", model.sizeTextProperty());
        Label read = Ui.label("", "muted");
        model.sizeProperty()
                .addListener(
                        (property, before, now) -> read.setText(now == null ? "" : "= " + Sizes.formatChosen(now)));
        ByteSize first = model.sizeProperty().get();
        read.setText(first == null ? "" : "= " + Sizes.formatChosen(first));
        HBox line = new HBox(10, size, read);
        line.setAlignment(Pos.CENTER_LEFT);
        addRow(Texts.of("create.size"), size, line, model.sizeErrorProperty());
        VBox picture = Ui.styled(new VBox(new SizePicture(model), cost), "picture");
        addWide(picture);
    }

    private void addCodec() {
        ToggleGroup group = new ToggleGroup();
        HBox toggles = new HBox(
                toggle(group, CodecSpec.Algorithm.LZ4, "lz4", "create.codec.lz4"),
                toggle(group, CodecSpec.Algorithm.ZSTD, "zstd", "create.codec.zstd"),
                toggle(group, CodecSpec.Algorithm.NONE, "none", "create.codec.none"));
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        LevelBox levels = new LevelBox(
                "level",
                Texts.of("create.level.accessible"),
                model.compression().levelProperty());
        levels.visibleProperty().bind(model.compression().algorithmProperty().isEqualTo(CodecSpec.Algorithm.ZSTD));
        toggles.getStyleClass().add("segments");
        toggles.setMinWidth(USE_PREF_SIZE);
        toggles.setMaxHeight(USE_PREF_SIZE);
        HBox line = new HBox(16, toggles, levels);
        line.setAlignment(Pos.CENTER_LEFT);
        addRow(Texts.of("create.compression"), null, line, null);
    }

    private ToggleButton toggle(ToggleGroup group, CodecSpec.Algorithm algorithm, String id, String key) {
        ToggleButton toggle = new ToggleButton(Texts.of(key));
        toggle.setId("codec-" + id);
        toggle.setTooltip(new javafx.scene.control.Tooltip(Texts.of(key + ".hint")));
        toggle.getStyleClass().addAll("segment", "segment-large");
        toggle.setToggleGroup(group);
        toggle.setSelected(model.compression().algorithmProperty().get() == algorithm);
        toggle.selectedProperty().addListener((property, before, selected) -> {
            if (selected) {
                model.compression().algorithmProperty().set(algorithm);
            }
        });
        return toggle;
    }

    private void addBlockSize() {
        ComboBox<ByteSize> blocks = new ComboBox<>();
        blocks.setId("block-size");
        blocks.getItems().setAll(CreateModel.BLOCK_SIZES);
        blocks.setConverter(new BlockSizeConverter());
        blocks.valueProperty().bindBidirectional(model.blockSizeProperty());
        blocks.setPrefWidth(SHORT_FIELD);
        blocks.setMinWidth(SHORT_FIELD);
        HBox line = new HBox(10, blocks, Ui.label(Texts.of("create.block-size.hint"), "muted", "small"));
        line.setAlignment(Pos.CENTER_LEFT);
        addRow(Texts.of("create.block-size"), blocks, line, null);
    }

    private void addLimit() {
        CheckBox limited = new CheckBox(Texts.of("create.limit.use"));
        limited.setId("limited");
        limited.selectedProperty().bindBidirectional(model.limitedProperty());
        TextField limit = new TextField();
        limit.setId("limit");
        limit.setAccessibleText(Texts.of("create.limit"));
        limit.setPrefWidth(SHORT_FIELD);
        limit.setPromptText(Texts.of("create.limit.none"));
        limit.textProperty().bindBidirectional(model.limitTextProperty());
        limit.disableProperty().bind(model.limitedProperty().not());
        HBox line = new HBox(10, limited, limit, Ui.label(Texts.of("create.limit.of-memory"), "muted"));
        line.setAlignment(Pos.CENTER_LEFT);
        addRow(Texts.of("create.limit"), null, line, model.limitErrorProperty());
        markWhenWrong(limit, model.limitErrorProperty());
    }

    private void addWhenFull() {
        FormRow full = addRow(Texts.of("create.full"), null, new FullWaitBox("full", model.fullWaitProperty()), null);
        TextField grow = shortField("grow-to", model.growTextProperty());
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

    private void addReadOnly() {
        CheckBox readOnly = new CheckBox(Texts.of("create.read-only"));
        readOnly.setId("read-only");
        readOnly.selectedProperty().bindBidirectional(model.readOnlyProperty());
        addRow(Texts.of("create.access"), null, readOnly, null);
    }

    private void addMount() {
        CheckBox mounted = new CheckBox(Texts.of("create.mount.use"));
        mounted.setId("mounted");
        mounted.selectedProperty().bindBidirectional(model.mountedProperty());
        addRow(Texts.of("create.mount"), null, mounted, null);
        addAttachRows(model.mount(), model.mountedProperty());
    }

    private void showCost() {
        CostEstimate estimate = model.estimateProperty().get();
        cost.setText(
                estimate == null
                        ? " "
                        : estimate.worstBytes() == estimate.lowBytes()
                                ? Texts.of("create.cost.exact", Sizes.format(estimate.worstBytes()))
                                : Texts.of(
                                        estimate.own() ? "create.cost.own" : "create.cost.range",
                                        estimate.formatRange(),
                                        Sizes.format(estimate.worstBytes())));
    }

    /** Block sizes as {@code 4 KiB}. */
    private static final class BlockSizeConverter extends StringConverter<ByteSize> {
        @Override
        public String toString(@Nullable ByteSize size) {
            return size == null ? "" : Sizes.formatShort(size.bytes());
        }

        @Override
        public ByteSize fromString(String text) {
            return Sizes.parse(text);
        }
    }
}
