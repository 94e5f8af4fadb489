// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** What stands where the pages are while there is no engine: why, what can be done, and the details on demand. */
final class NoEngineView extends VBox {
    private static final double WIDTH = 560;

    private final Label sentence = Ui.paragraph("", "muted");
    private final TextArea details = new TextArea();
    private final Button retry = new Button(Texts.of("common.retry"), Ui.icon(MaterialDesignR.REFRESH));

    NoEngineView(Runnable onRetry) {
        getStyleClass().add("empty-state");
        setId("no-engine");
        setAlignment(Pos.CENTER);
        sentence.setId("no-engine-sentence");
        sentence.setTextAlignment(TextAlignment.CENTER);
        sentence.setMaxWidth(WIDTH);
        retry.setMnemonicParsing(true);
        retry.setId("retry");
        retry.getStyleClass().add("accent");
        retry.setDefaultButton(true);
        retry.setOnAction(event -> onRetry.run());
        ToggleButton more = new ToggleButton(Texts.of("common.details"));
        more.setMnemonicParsing(true);
        more.setId("details");
        more.getStyleClass().add("disclosure");
        HBox buttons = new HBox(8, retry, more);
        buttons.setAlignment(Pos.CENTER);

        details.setEditable(false);
        details.getStyleClass().add("mono");
        details.setPrefRowCount(12);
        details.setAccessibleText(Texts.of("app.error-details"));
        CopyButton copy = new CopyButton(Texts.of("app.copy-details"), Texts.of("common.copy"), details::getText);
        VBox detailsBox = new VBox(6, details, copy);
        detailsBox.setAlignment(Pos.CENTER_RIGHT);
        detailsBox.setMaxWidth(760);
        Ui.setShown(detailsBox, false);
        more.selectedProperty().addListener((property, before, shown) -> Ui.setShown(detailsBox, shown));

        getChildren()
                .addAll(
                        Ui.styled(
                                new StackPane(Ui.icon(MaterialDesignP.POWER_PLUG_OFF_OUTLINE, "empty-icon")),
                                "empty-disc",
                                "empty-disc-danger"),
                        Ui.label(Texts.of("app.no-engine.title"), "heading", "strong"),
                        sentence,
                        buttons,
                        Ui.label(Texts.of("app.no-engine.note"), "muted", "small"),
                        detailsBox);
    }

    void show(@Nullable CramdiskException error) {
        if (error != null) {
            sentence.setText(ShellModel.sentence(error));
            details.setText(ShellModel.details(error));
        }
    }

    void focusFirst() {
        retry.requestFocus();
    }
}
