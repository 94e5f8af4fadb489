// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import javafx.beans.property.IntegerProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Chooses a level of zstd, and tells it. */
public final class LevelBox extends HBox {
    private static final double TEXT_WIDTH = 60;

    /**
     * @param id of the slider
     * @param words for a screen reader
     */
    public LevelBox(String id, String words, IntegerProperty level) {
        super(10);
        Slider slider = new Slider(1, CodecSpec.MAX_ZSTD_LEVEL, level.get());
        slider.setId(id);
        slider.setMajorTickUnit(1);
        slider.setMinorTickCount(0);
        slider.setSnapToTicks(true);
        slider.setBlockIncrement(1);
        slider.setAccessibleText(words);
        slider.valueProperty().addListener((property, before, now) -> level.set(Math.round(now.floatValue())));
        level.addListener((property, before, now) -> {
            if (Math.round(slider.getValue()) != now.intValue()) {
                slider.setValue(now.doubleValue());
            }
        });
        Label text = Ui.label(level.map(chosen -> Texts.of("create.level", chosen)), "muted");
        text.setMinWidth(TEXT_WIDTH);
        HBox.setHgrow(slider, Priority.ALWAYS);
        setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(this, Priority.ALWAYS);
        getChildren().addAll(slider, text);
    }
}
