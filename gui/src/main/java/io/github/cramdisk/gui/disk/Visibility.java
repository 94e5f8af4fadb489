// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Whether anybody can see a node: it is in a window that is shown and not made an icon. */
final class Visibility {
    private Visibility() {}

    static BooleanBinding of(Node node) {
        ObservableValue<Window> window = node.sceneProperty().flatMap(scene -> scene.windowProperty());
        ObservableValue<Boolean> shown = window.flatMap(Window::showingProperty).orElse(false);
        ObservableValue<Boolean> icon = window.flatMap(
                        found -> found instanceof Stage stage ? stage.iconifiedProperty() : null)
                .orElse(false);
        return Bindings.createBooleanBinding(() -> shown.getValue() && !icon.getValue(), shown, icon);
    }
}
