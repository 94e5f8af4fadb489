// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.gui.common.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.HBox;

/** Chooses whether what stays unused is compressed again, and how strongly. */
public final class SqueezeBox extends HBox {
    /** @param id of the tick; that of the slider is the same with {@code -level} behind it */
    public SqueezeBox(String id, Compression compression) {
        super(16);
        CheckBox squeezed = new CheckBox(Texts.of("create.squeeze.use"));
        squeezed.setId(id);
        squeezed.setMinWidth(USE_PREF_SIZE);
        squeezed.selectedProperty().bindBidirectional(compression.squeezedProperty());
        LevelBox level = new LevelBox(
                id + "-level", Texts.of("create.squeeze.level.accessible"), compression.squeezeLevelProperty());
        level.visibleProperty().bind(compression.squeezedProperty());
        setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(squeezed, level);
    }
}
