// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.gui.common.Ui;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A card with a chart: title, switches, the menu that saves it. */
final class ChartCard extends VBox {
    /**
     * @param title in bold
     * @param controls at the right of it
     */
    ChartCard(String title, List<Node> controls, Node chart) {
        getStyleClass().addAll("card", "panel", "chart-card");
        Label name = Ui.label(title, "card-title", "strong");
        name.setTooltip(new Tooltip(title));
        HBox head = new HBox(name, Ui.spacer());
        head.getChildren().addAll(controls);
        head.setSpacing(4);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(chart, Priority.ALWAYS);
        getChildren().addAll(head, chart);
    }

    /** A choice of one. */
    record Choice<T>(String id, String text, T value) {}

    /** A row of choices of which always one is chosen. */
    static <T> HBox choices(List<Choice<T>> all, T chosen, Consumer<T> onChoice) {
        ToggleGroup group = new ToggleGroup();
        HBox segments = Ui.styled(new HBox(), "segments");
        segments.setMinWidth(USE_PREF_SIZE);
        segments.setMaxHeight(USE_PREF_SIZE);
        for (Choice<T> choice : all) {
            ToggleButton toggle = new ToggleButton(choice.text());
            toggle.setId(choice.id());
            toggle.getStyleClass().add("segment");
            toggle.setToggleGroup(group);
            toggle.setSelected(choice.value().equals(chosen));
            toggle.selectedProperty().addListener((property, before, selected) -> {
                if (selected) {
                    onChoice.accept(choice.value());
                }
            });
            segments.getChildren().add(toggle);
        }
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        return segments;
    }
}
