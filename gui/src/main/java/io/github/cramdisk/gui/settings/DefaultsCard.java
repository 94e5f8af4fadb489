// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.settings;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.create.Default;
import io.github.cramdisk.gui.create.Purpose;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** The settings with which new volumes begin: a row for each purpose. */
final class DefaultsCard extends VBox {
    private static final double FIELD = 132;
    private static final List<String> CODECS =
            List.of("lz4", "zstd:1", "zstd:3", "zstd:6", "zstd:9", "zstd:15", "zstd:19", "none");
    private static final List<String> ALGORITHMS = List.of("lz4", "lz4hc", "lzo", "lzo-rle", "zstd", "deflate", "842");

    private final SettingsModel model;

    DefaultsCard(SettingsModel model) {
        this.model = model;
        getStyleClass().addAll("card", "panel");
        GridPane table = Ui.styled(new GridPane(), "defaults");
        addPurpose(table, 0, Purpose.SCRATCH, Default.SCRATCH_SIZE);
        addPurpose(
                table,
                1,
                Purpose.DISK,
                Default.DISK_SIZE,
                Default.DISK_LIMIT,
                Default.DISK_CODEC,
                Default.DISK_BLOCK_SIZE);
        addPurpose(table, 2, Purpose.SWAP, Default.SWAP_SIZE, Default.SWAP_LIMIT, Default.SWAP_ALGORITHM);
        getChildren()
                .addAll(
                        Ui.label(Texts.of("settings.defaults"), "card-title", "strong"),
                        table,
                        Ui.paragraph(Texts.of("settings.defaults.note"), "muted", "small"));
    }

    private void addPurpose(GridPane table, int row, Purpose purpose, Default... defaults) {
        Label name = Ui.label(Texts.of("create.purpose." + purpose.key()), "setting-name");
        name.setAlignment(Pos.CENTER_LEFT);
        table.add(name, 0, row);
        for (int i = 0; i < defaults.length; i++) {
            table.add(field(purpose, model.defaults(defaults[i])), i + 1, row);
        }
    }

    private static Node field(Purpose purpose, DefaultSetting setting) {
        String id = setting.about().id();
        String name = Texts.of("settings.default." + id);
        Node field = switch (setting.about()) {
            case DISK_CODEC -> choice(setting, CODECS);
            case DISK_BLOCK_SIZE -> choice(setting, Default.blockSizes());
            case SWAP_ALGORITHM -> choice(setting, ALGORITHMS);
            default -> text(setting);
        };
        field.setId("default-" + id);
        field.setAccessibleText(
                Texts.of("settings.defaults.accessible", Texts.of("create.purpose." + purpose.key()), name));
        Label error = Ui.message(setting.errorProperty(), "field-error", "small");
        error.setMaxWidth(FIELD);
        return new VBox(2, Ui.label(name, "muted", "small"), field, error);
    }

    private static Node text(DefaultSetting setting) {
        TextField field = new TextField();
        field.setPrefWidth(FIELD);
        field.setPromptText(usual(setting.about()));
        field.textProperty().bindBidirectional(setting.textProperty());
        return field;
    }

    private static Node choice(DefaultSetting setting, List<String> values) {
        ComboBox<String> box = new ComboBox<>();
        List<String> all = new ArrayList<>(List.of(""));
        all.addAll(values);
        String kept = setting.textProperty().get();
        if (!all.contains(kept)) {
            all.add(kept);
        }
        box.getItems().setAll(all);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable String value) {
                return value == null || value.isEmpty() ? usual(setting.about()) : value;
            }

            @Override
            public String fromString(String text) {
                throw new UnsupportedOperationException("the box cannot be edited");
            }
        });
        box.setPrefWidth(FIELD);
        box.valueProperty().bindBidirectional(setting.textProperty());
        return box;
    }

    private static String usual(Default about) {
        return Texts.of("settings.default." + about.id() + ".usual");
    }
}
