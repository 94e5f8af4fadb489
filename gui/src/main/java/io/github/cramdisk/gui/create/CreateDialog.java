// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.FormDialog;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Ui;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** The dialog that creates a disk. */
public final class CreateDialog extends FormDialog {

    private final CreateModel model;
    private final TextField name = new TextField();
    private final Label cost = Ui.paragraph("", "cost");

    /**
     * @param onCreated told once the engine has created the disk
     * @param onCancel told when the user gives up
     */
    public CreateDialog(CreateModel model, Consumer<DiskInfo> onCreated, Runnable onCancel) {
        super(new Words("New disk", "create", "_Create disk", "Creating…"), model, onCreated, onCancel);
        this.model = model;
        setId("create-dialog");
        addName();
        addSize();
        addCodec();
        addBlockSize();
        addLimit();
        addReadOnly();
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
        addRow("_Name", name, name, model.nameErrorProperty());
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
        addRow("_Size", size, line, model.sizeErrorProperty());
        VBox picture = Ui.styled(new VBox(new SizePicture(model), cost), "picture");
        addWide(picture);
    }

    private void addCodec() {
        ToggleGroup group = new ToggleGroup();
        HBox toggles = new HBox(
                toggle(group, CodecSpec.Algorithm.LZ4, "lz4", "Fast"),
                toggle(group, CodecSpec.Algorithm.ZSTD, "zstd", "Smaller, slower"),
                toggle(group, CodecSpec.Algorithm.NONE, "None", "Not compressed"));
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        Slider level = new Slider(1, CodecSpec.MAX_ZSTD_LEVEL, CodecSpec.DEFAULT_ZSTD_LEVEL);
        level.setId("level");
        level.setMajorTickUnit(1);
        level.setMinorTickCount(0);
        level.setSnapToTicks(true);
        level.setBlockIncrement(1);
        level.setAccessibleText("zstd level");
        level.valueProperty()
                .addListener((property, before, now) -> model.levelProperty().set(Math.round(now.floatValue())));
        Label levelText = Ui.label(model.levelProperty().asString("level %d"), "muted");
        levelText.setMinWidth(60);
        HBox.setHgrow(level, Priority.ALWAYS);
        HBox levels = new HBox(10, level, levelText);
        levels.setAlignment(Pos.CENTER_LEFT);
        levels.visibleProperty().bind(model.algorithmProperty().isEqualTo(CodecSpec.Algorithm.ZSTD));
        HBox.setHgrow(levels, Priority.ALWAYS);
        toggles.getStyleClass().add("segments");
        toggles.setMinWidth(USE_PREF_SIZE);
        toggles.setMaxHeight(USE_PREF_SIZE);
        HBox line = new HBox(16, toggles, levels);
        line.setAlignment(Pos.CENTER_LEFT);
        addRow("Compression", null, line, null);
    }

    private ToggleButton toggle(ToggleGroup group, CodecSpec.Algorithm algorithm, String text, String hint) {
        ToggleButton toggle = new ToggleButton(text);
        toggle.setId("codec-" + text.toLowerCase(java.util.Locale.ROOT));
        toggle.setTooltip(new javafx.scene.control.Tooltip(hint));
        toggle.getStyleClass().addAll("segment", "segment-large");
        toggle.setToggleGroup(group);
        toggle.setSelected(model.algorithmProperty().get() == algorithm);
        toggle.selectedProperty().addListener((property, before, selected) -> {
            if (selected) {
                model.algorithmProperty().set(algorithm);
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
        HBox line =
                new HBox(10, blocks, Ui.label("small for random access, large to compress better", "muted", "small"));
        line.setAlignment(Pos.CENTER_LEFT);
        addRow("_Block size", blocks, line, null);
    }

    private void addLimit() {
        CheckBox limited = new CheckBox("Use no more than");
        limited.setId("limited");
        limited.selectedProperty().bindBidirectional(model.limitedProperty());
        TextField limit = new TextField();
        limit.setId("limit");
        limit.setAccessibleText("RAM limit");
        limit.setPrefWidth(SHORT_FIELD);
        limit.setPromptText("no limit");
        limit.textProperty().bindBidirectional(model.limitTextProperty());
        limit.disableProperty().bind(model.limitedProperty().not());
        HBox line = new HBox(10, limited, limit, Ui.label("of memory", "muted"));
        line.setAlignment(Pos.CENTER_LEFT);
        addRow("RAM limit", null, line, model.limitErrorProperty());
        markWhenWrong(limit, model.limitErrorProperty());
    }

    private void addReadOnly() {
        CheckBox readOnly = new CheckBox("Clients may only read");
        readOnly.setId("read-only");
        readOnly.selectedProperty().bindBidirectional(model.readOnlyProperty());
        addRow("Access", null, readOnly, null);
    }

    private void showCost() {
        CostEstimate estimate = model.estimateProperty().get();
        cost.setText(
                estimate == null
                        ? " "
                        : estimate.worstBytes() == estimate.lowBytes()
                                ? "It costs " + Sizes.format(estimate.worstBytes()) + " when full."
                                : "It costs about " + estimate.formatRange() + " when full of typical files, "
                                        + Sizes.format(estimate.worstBytes())
                                        + " if nothing compresses, next to nothing while empty.");
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
