// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.configuration;

import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.PageFrame;
import io.github.cramdisk.gui.common.RefusalBox;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.stage.DirectoryChooser;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** The page that shows volumes as configuration: which, in which form, the text, and what to do with it. */
public final class ConfigurationView extends PageFrame {
    private static final double LEAST_HEIGHT = 320;
    private static final double LINE_HEIGHT = 22;

    private final ConfigurationModel model;
    private final VBox choices = Ui.styled(new VBox(), "config-choices");
    private final VBox notes = Ui.styled(new VBox(), "config-notes");
    private final ComboBox<ConfigFormat> format = new ComboBox<>();

    public ConfigurationView(ConfigurationModel model) {
        super("configuration", Texts.of("configuration.title"), Ui.label(Texts.of("configuration.subtitle"), "muted"));
        this.model = model;
        HBox body = Ui.styled(new HBox(left(), right()), "config-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        body.setMinHeight(LEAST_HEIGHT);
        Label done = Ui.message(model.doneProperty(), "notice");
        done.setId("config-done");
        done.setGraphic(Ui.icon(MaterialDesignC.CHECK));
        add(new RefusalBox(model.refusalProperty(), "config-"), done, body);

        model.choices().addListener((ListChangeListener<ConfigurationModel.Choice>) change -> showChoices());
        model.notes().addListener((ListChangeListener<String>) change -> showNotes());
        sceneProperty().addListener((property, before, scene) -> {
            if (scene != null) {
                model.load();
            }
        });
        showChoices();
        showNotes();
    }

    @Override
    public void focusFirst() {
        format.requestFocus();
    }

    private Node left() {
        ComboBox<String> source = new ComboBox<>();
        source.setId("config-source");
        source.setMaxWidth(Double.MAX_VALUE);
        List<@Nullable ConfigSource> sources = new ArrayList<>();
        sources.add(null);
        sources.addAll(Arrays.asList(ConfigSource.values()));
        sources.forEach(each ->
                source.getItems().add(Texts.of("configuration.source." + (each == null ? "cramdisk" : each.text()))));
        source.getSelectionModel().selectFirst();
        source.getSelectionModel()
                .selectedIndexProperty()
                .addListener((property, before, now) -> model.sourceProperty().set(sources.get(now.intValue())));
        Label from = Ui.label(Texts.of("configuration.from"), "small", "muted", "config-group");
        from.setLabelFor(source);

        format.setId("config-format");
        format.setMaxWidth(Double.MAX_VALUE);
        format.getItems().setAll(ConfigFormat.values());
        format.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable ConfigFormat value) {
                return value == null ? "" : Texts.of("configuration.format." + value.text());
            }

            @Override
            public ConfigFormat fromString(String text) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        format.valueProperty().bindBidirectional(model.formatProperty());
        Label in = Ui.label(Texts.of("configuration.in"), "small", "muted");
        in.setLabelFor(format);
        VBox left = Ui.styled(
                new VBox(
                        in,
                        format,
                        from,
                        source,
                        Ui.label(Texts.of("configuration.volumes"), "small", "muted", "config-group"),
                        choices),
                "card",
                "config-left");
        left.setMinWidth(USE_PREF_SIZE);
        return left;
    }

    private Node right() {
        ListView<Line> text = new ListView<>(model.lines());
        text.setId("config-text");
        text.getStyleClass().addAll("config-text", "mono");
        text.setAccessibleText(Texts.of("configuration.text"));
        text.setFixedCellSize(LINE_HEIGHT);
        text.setPlaceholder(Ui.label(Texts.of("configuration.nothing"), "muted"));
        text.setCellFactory(list -> new LineCell());
        VBox.setVgrow(text, Priority.ALWAYS);
        text.setMinHeight(0);

        BooleanBinding appliable =
                Bindings.createBooleanBinding(() -> model.formatProperty().get().appliable(), model.formatProperty());
        BooleanBinding nothing = Bindings.isEmpty(model.lines());
        ToggleButton difference = new ToggleButton(Texts.of("configuration.difference"));
        difference.setId("config-difference");
        difference.setTooltip(new Tooltip(Texts.of("configuration.difference.hint")));
        difference.selectedProperty().bindBidirectional(model.differenceProperty());
        difference.disableProperty().bind(appliable.not());
        CopyButton copy = new CopyButton(Texts.of("configuration.copy"), Texts.of("configuration.copy"), model::text);
        copy.getStyleClass().remove("flat");
        copy.setId("config-copy");
        Button save = button("configuration.save", "config-save", this::save);
        save.disableProperty().bind(nothing.or(model.differenceProperty()).or(model.busyProperty()));
        Button revert = button("configuration.revert", "config-revert", model::revert);
        revert.disableProperty().bind(appliable.not().or(model.busyProperty()));
        Button apply = button("configuration.apply", "config-apply", model::apply);
        apply.getStyleClass().add("accent");
        apply.disableProperty().bind(appliable.not().or(nothing).or(model.busyProperty()));
        // In a narrow window the buttons take two lines.
        FlowPane bar = Ui.styled(new FlowPane(10, 8, difference, copy, save, revert, apply), "config-bar");
        bar.setAlignment(Pos.CENTER_LEFT);

        VBox right = Ui.styled(new VBox(bar, text, notes), "card", "config-right");
        HBox.setHgrow(right, Priority.ALWAYS);
        right.setMinWidth(0);
        return right;
    }

    private static Button button(String key, String id, Runnable action) {
        Button button = new Button(Texts.of(key));
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    private void save() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Texts.of("configuration.save.where"));
        File directory = chooser.showDialog(getScene().getWindow());
        if (directory != null) {
            model.save(directory.toPath());
        }
    }

    private void showChoices() {
        List<Node> boxes = new ArrayList<>();
        for (ConfigurationModel.Choice choice : model.choices()) {
            CheckBox box = new CheckBox(choice.title());
            box.setMnemonicParsing(false);
            box.selectedProperty().bindBidirectional(choice.chosen());
            boxes.add(box);
        }
        if (boxes.isEmpty()) {
            boxes.add(Ui.paragraph(Texts.of("configuration.none"), "muted"));
        }
        choices.getChildren().setAll(boxes);
    }

    private void showNotes() {
        notes.getChildren()
                .setAll(model.notes().stream()
                        .map(note -> (Node) Ui.paragraph(note, "small", "muted"))
                        .toList());
        Ui.setShown(notes, !model.notes().isEmpty());
    }

    /** A line in the style of its kind, its parts in their colours. */
    private static final class LineCell extends ListCell<Line> {
        private final HBox parts = new HBox();

        LineCell() {
            parts.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            for (Line.Kind kind : Line.Kind.values()) {
                getStyleClass().remove(kind.styleClass());
            }
            setGraphic(empty || line == null ? null : parts);
            setAccessibleText(empty || line == null ? "" : line.text());
            if (!empty && line != null) {
                getStyleClass().add(line.kind().styleClass());
                parts.getChildren()
                        .setAll(line.spans().stream().map(LineCell::part).toList());
            }
        }

        private static Text part(Highlighter.Span span) {
            return Ui.styled(new Text(span.text()), "code", span.role().styleClass());
        }
    }
}
