// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.compare;

import io.github.cramdisk.api.ComparisonSentences;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.create.Draft;
import io.github.cramdisk.gui.create.NewVolume;
import io.github.cramdisk.gui.create.Purpose;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** What came of a comparison: the recommendation, with buttons that follow it, the chart, the numbers. */
final class ResultBox extends VBox {
    private final CompareModel model;
    private final NewVolume onNewVolume;
    private final Label advice = Ui.paragraph("", "strong");
    private final Label about = Ui.paragraph("", "muted", "small");
    private final Label withoutZram = Ui.paragraph("", "muted", "small");
    private final RivalChart chart = new RivalChart();
    private final RivalTable table = new RivalTable();
    private final Button create = new Button(Texts.of("compare.create"));
    private final Button swap = new Button(Texts.of("compare.swap"));

    ResultBox(CompareModel model, NewVolume onNewVolume) {
        this.model = model;
        this.onNewVolume = onNewVolume;
        getStyleClass().add("cards");
        setId("compare-result");
        advice.setId("compare-advice");
        about.setId("compare-about");
        withoutZram.setId("compare-without-zram");
        button(create, "compare-create", () -> follow(false));
        create.getStyleClass().add("accent");
        button(swap, "compare-swap", () -> follow(true));
        VBox chartCard = Ui.styled(
                new VBox(
                        new VBox(2, Ui.label(Texts.of("compare.chart"), "card-title", "strong"), about),
                        chart,
                        new VBox(2, Ui.paragraph(Texts.of("compare.legend"), "muted", "small"), withoutZram)),
                "card",
                "panel");
        getChildren().addAll(adviceCard(), chartCard, table);
    }

    private HBox adviceCard() {
        StackPane sign = Ui.styled(new StackPane(Ui.icon(MaterialDesignC.CHECK)), "finding-sign");
        HBox buttons = new HBox(8, create, swap);
        VBox words = new VBox(10, advice, buttons);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        return Ui.styled(new HBox(14, sign, words), "card", "panel");
    }

    private static void button(Button button, String id, Runnable action) {
        button.setId(id);
        button.setMnemonicParsing(true);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
    }

    private void follow(boolean toSwap) {
        CompareModel.Recommendation recommended = model.recommendation();
        if (recommended != null) {
            onNewVolume.ask(toSwap ? Purpose.SWAP : recommended.purpose(), toSwap ? Draft.EMPTY : recommended.draft());
        }
    }

    void show(Comparison result) {
        CompareModel.Recommendation recommended = model.recommendation();
        advice.setText(ComparisonSentences.advice(Texts.language(), result));
        Ui.setShown(swap, recommended != null && recommended.withSwap());
        about.setText(Texts.of(
                "compare.about",
                Sizes.format(result.sampledBytes()),
                Sizes.format(result.filesBytes()),
                result.directory()));
        chart.show(RivalBars.of(result));
        table.show(result.rivals());
        Comparison.Untried untried = result.withoutZram();
        Ui.setShown(withoutZram, untried != null);
        if (untried != null) {
            withoutZram.setText(Texts.of("compare.without-zram", untried.sentenceIn(Texts.language())));
        }
    }
}
