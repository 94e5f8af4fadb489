// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * On top of every form of a new volume: what it is for, and when another kind serves better. Experts choose the kind
 * itself.
 */
public final class PurposePicker extends VBox {
    private final BiConsumer<Purpose, FormKind> onChosen;
    private final Map<Purpose, ToggleButton> tiles = new EnumMap<>(Purpose.class);

    /** @param onChosen told of another purpose, or of another kind for experts */
    public PurposePicker(
            Purpose purpose, FormKind kind, Optional<Advice> advice, BiConsumer<Purpose, FormKind> onChosen) {
        this.onChosen = onChosen;
        getStyleClass().add("purposes");
        setId("purposes");
        HBox row = Ui.styled(new HBox(), "purpose-row");
        ToggleGroup group = new ToggleGroup();
        for (Purpose each : Purpose.values()) {
            ToggleButton tile = tile(each, each == purpose);
            tile.setToggleGroup(group);
            tiles.put(each, tile);
            HBox.setHgrow(tile, Priority.ALWAYS);
            row.getChildren().add(tile);
        }
        getChildren().add(row);
        Label words = Ui.paragraph(Texts.of("create.purpose." + purpose.key() + ".words"), "muted");
        words.setId("purpose-words");
        getChildren().add(words);
        if (purpose == Purpose.EXPERT) {
            getChildren().add(kinds(kind));
        }
        advice.ifPresent(found -> getChildren().add(line(found)));
    }

    /** The tile of a purpose, for the focus. */
    public Node tile(Purpose purpose) {
        return tiles.getOrDefault(purpose, new ToggleButton());
    }

    private ToggleButton tile(Purpose purpose, boolean selected) {
        ToggleButton tile = new ToggleButton(PurposeTile.name(purpose), Ui.icon(PurposeTile.glyph(purpose)));
        tile.getStyleClass().add("purpose");
        tile.setId("purpose-" + purpose.key());
        tile.setContentDisplay(ContentDisplay.TOP);
        tile.setWrapText(true);
        tile.setMaxWidth(Double.MAX_VALUE);
        tile.setMaxHeight(Double.MAX_VALUE);
        tile.setPrefWidth(120);
        tile.setSelected(selected);
        tile.setOnAction(event -> {
            tile.setSelected(selected);
            if (!selected) {
                onChosen.accept(purpose, FormKind.of(purpose));
            }
        });
        return tile;
    }

    private Node kinds(FormKind chosen) {
        HBox segments = Ui.styled(new HBox(), "segments");
        for (FormKind kind : FormKind.values()) {
            ToggleButton segment = new ToggleButton(Texts.of("create.kind." + kind.key()));
            segment.getStyleClass().addAll("segment", "segment-large");
            segment.setId("kind-" + kind.key());
            segment.setSelected(kind == chosen);
            segment.setOnAction(event -> {
                segment.setSelected(kind == chosen);
                if (kind != chosen) {
                    onChosen.accept(Purpose.EXPERT, kind);
                }
            });
            segments.getChildren().add(segment);
        }
        segments.setMaxWidth(USE_PREF_SIZE);
        return segments;
    }

    private Node line(Advice advice) {
        Label text = Ui.paragraph(advice.text(), "small", "muted");
        text.setId("advice");
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox line = Ui.styled(new HBox(10, text), "advice-line");
        line.setAlignment(Pos.CENTER_LEFT);
        Purpose instead = advice.instead();
        if (instead != null) {
            Hyperlink link = new Hyperlink(PurposeTile.name(instead));
            link.setId("instead");
            link.setMinWidth(USE_PREF_SIZE);
            link.getStyleClass().add("small");
            link.setOnAction(event -> onChosen.accept(instead, FormKind.of(instead)));
            line.getChildren().add(link);
        }
        return line;
    }
}
