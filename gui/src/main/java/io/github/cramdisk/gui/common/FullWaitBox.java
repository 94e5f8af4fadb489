// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.FullWait;
import javafx.beans.property.Property;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** A choice of what writes to a full disk do, with what that means beside it. */
public final class FullWaitBox extends HBox {
    private static final double GAP = 10;

    /**
     * @param id of the choice
     * @param value what is chosen; one that is no usual choice, such as 90 s, is offered, too
     */
    public FullWaitBox(String id, Property<FullWait> value) {
        super(GAP);
        ComboBox<FullWait> choice = new ComboBox<>();
        choice.setId(id);
        choice.setAccessibleText(Texts.of("common.full.accessible"));
        choice.getItems().setAll(FullWait.AUTO, FullWait.WITHOUT_END, FullWait.FAIL);
        if (!choice.getItems().contains(value.getValue())) {
            choice.getItems().add(value.getValue());
        }
        choice.setConverter(new Words());
        choice.valueProperty().bindBidirectional(value);
        choice.setMinWidth(USE_PREF_SIZE);
        Label hint =
                Ui.label(value.map(chosen -> isTime(chosen) ? "" : Texts.of(key(chosen) + ".hint")), "muted", "small");
        setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        getChildren().addAll(choice, hint);
    }

    private static boolean isTime(FullWait wait) {
        return wait.mode() == FullWait.Mode.SECONDS && !wait.equals(FullWait.FAIL);
    }

    private static String key(FullWait wait) {
        return wait.equals(FullWait.FAIL)
                ? "common.full.fail"
                : wait.equals(FullWait.WITHOUT_END) ? "common.full.wait" : "common.full.auto";
    }

    private static final class Words extends StringConverter<FullWait> {
        @Override
        public String toString(@Nullable FullWait wait) {
            return wait == null
                    ? ""
                    : isTime(wait) ? Texts.of("common.full.time", wait.toString()) : Texts.of(key(wait));
        }

        @Override
        public FullWait fromString(String text) {
            throw new UnsupportedOperationException("the box cannot be edited");
        }
    }
}
