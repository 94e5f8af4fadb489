// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import atlantafx.base.theme.Styles;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Ui;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** The dialog that creates a disk. */
public final class CreateDialog extends VBox {
    private static final double WIDTH = 640;
    private static final double NAMES_WIDTH = 104;
    private static final double SHORT_FIELD = 120;

    private final CreateModel model;
    private final TextField name = new TextField();
    private final Label cost = Ui.paragraph("", "cost");
    private int row;

    /**
     * @param onCreated told once the engine has created the disk
     * @param onCancel told when the user gives up
     */
    public CreateDialog(CreateModel model, Consumer<DiskInfo> onCreated, Runnable onCancel) {
        this.model = model;
        getStyleClass().addAll("dialog-card", "create-dialog");
        setId("create-dialog");
        setPrefWidth(WIDTH);

        Button close = new Button("", Ui.icon(MaterialDesignC.CLOSE));
        close.getStyleClass().addAll("flat", "button-icon");
        close.setAccessibleText("Close");
        close.setOnAction(event -> onCancel.run());
        close.setFocusTraversable(false);
        HBox head = Ui.styled(new HBox(Ui.label("New disk", "title", "strong"), Ui.spacer(), close), "dialog-head");
        head.setAlignment(Pos.CENTER_LEFT);

        GridPane form = Ui.styled(new GridPane(), "form");
        ColumnConstraints names = new ColumnConstraints(NAMES_WIDTH);
        names.setHalignment(HPos.LEFT);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        form.getColumnConstraints().addAll(names, fields);
        addName(form);
        addSize(form);
        addCodec(form);
        addBlockSize(form);
        addLimit(form);
        addReadOnly(form);

        Label command = Ui.label(model.commandProperty(), "mono", "command-text");
        command.setId("command");
        command.setMaxWidth(Double.MAX_VALUE);
        command.setWrapText(true);
        command.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(command, Priority.ALWAYS);
        HBox commandBox = Ui.styled(
                new HBox(
                        command,
                        new CopyButton(
                                "command line",
                                "",
                                () -> model.commandProperty().get())),
                "command-box");
        commandBox.setAlignment(Pos.CENTER_LEFT);

        Label warning = Ui.message(model.warningProperty(), "notice", "notice-warning");
        warning.setGraphic(Ui.icon(MaterialDesignA.ALERT_OUTLINE));
        Label error = Ui.message(model.engineErrorProperty(), "notice", "notice-danger");
        error.setId("engine-error");
        error.setGraphic(Ui.icon(MaterialDesignA.ALERT_CIRCLE_OUTLINE));

        getChildren().addAll(head, form, warning, commandBox, error, buttons(onCreated, onCancel));
        model.estimateProperty().addListener((property, before, now) -> showCost());
        showCost();
    }

    /** Where the focus goes when the dialog opens. */
    public Node firstFocus() {
        name.selectAll();
        return name;
    }

    private HBox buttons(Consumer<DiskInfo> onCreated, Runnable onCancel) {
        Button cancel = new Button("Cancel");
        cancel.setOnAction(event -> onCancel.run());
        Button create = new Button("_Create disk");
        create.setMnemonicParsing(true);
        create.setId("create");
        create.setDefaultButton(true);
        create.disableProperty().bind(model.validProperty().not().or(model.busyProperty()));
        create.textProperty()
                .bind(javafx.beans.binding.Bindings.when(model.busyProperty())
                        .then("Creating…")
                        .otherwise("_Create disk"));
        create.setOnAction(event -> model.create(onCreated));
        HBox buttons = Ui.styled(new HBox(cancel, create), "dialog-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        return buttons;
    }

    private void addName(GridPane form) {
        name.setId("name");
        name.textProperty().bindBidirectional(model.nameProperty());
        addRow(form, "_Name", name, name, model.nameErrorProperty());
        markWhenWrong(name, model.nameErrorProperty());
    }

    private void addSize(GridPane form) {
        TextField size = new TextField();
        size.setId("size");
        size.setPrefWidth(SHORT_FIELD);
        size.setMinWidth(SHORT_FIELD);
        size.textProperty().bindBidirectional(model.sizeTextProperty());
        Label read = Ui.label("", "muted");
        model.sizeProperty()
                .addListener(
                        (property, before, now) -> read.setText(now == null ? "" : "= " + Sizes.formatChosen(now)));
        ByteSize first = model.sizeProperty().get();
        read.setText(first == null ? "" : "= " + Sizes.formatChosen(first));
        HBox line = new HBox(10, size, read);
        line.setAlignment(Pos.CENTER_LEFT);
        addRow(form, "_Size", size, line, model.sizeErrorProperty());
        markWhenWrong(size, model.sizeErrorProperty());
        VBox picture = Ui.styled(new VBox(new SizePicture(model), cost), "picture");
        form.add(picture, 0, row++, 2, 1);
    }

    private void addCodec(GridPane form) {
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
        addRow(form, "Compression", null, line, null);
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

    private void addBlockSize(GridPane form) {
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
        addRow(form, "_Block size", blocks, line, null);
    }

    private void addLimit(GridPane form) {
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
        addRow(form, "RAM limit", null, line, model.limitErrorProperty());
        markWhenWrong(limit, model.limitErrorProperty());
    }

    private void addReadOnly(GridPane form) {
        CheckBox readOnly = new CheckBox("Clients may only read");
        readOnly.setId("read-only");
        readOnly.selectedProperty().bindBidirectional(model.readOnlyProperty());
        addRow(form, "Access", null, readOnly, null);
    }

    private void addRow(
            GridPane form, String text, @Nullable Node labelled, Node field, @Nullable ObservableValue<String> error) {
        Label label = Ui.label(text, "form-name");
        if (labelled != null) {
            label.setMnemonicParsing(true);
            label.setLabelFor(labelled);
        }
        HBox line = new HBox(field);
        line.getStyleClass().add("form-line");
        HBox.setHgrow(field, Priority.ALWAYS);
        VBox column = new VBox(4, line);
        if (error != null) {
            column.getChildren().add(Ui.message(error, "field-error", "small"));
        }
        GridPane.setValignment(label, VPos.TOP);
        form.add(label, 0, row);
        form.add(column, 1, row++);
    }

    private static void markWhenWrong(Region field, ObservableValue<String> error) {
        error.addListener(
                (property, before, now) -> field.pseudoClassStateChanged(Styles.STATE_DANGER, !now.isEmpty()));
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
