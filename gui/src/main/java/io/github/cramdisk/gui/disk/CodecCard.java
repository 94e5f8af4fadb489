// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.gui.common.Meter;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What the codecs would give on the data of this disk: a bar for each, as long as what it would cost. */
final class CodecCard extends VBox {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final Label line = Ui.paragraph("", "muted", "small");
    private final VBox bars = Ui.styled(new VBox(), "codec-bars");
    private final List<Row> rows = new ArrayList<>();

    /** One codec. */
    private static final class Row extends VBox {
        private final Label name = Ui.label("", "codec-name");
        private final Label ratio = Ui.label("", "strong");
        private final Meter cost = new Meter();
        private final Label speed = Ui.label("", "muted", "small");

        Row() {
            getStyleClass().add("codec-row");
            ratio.setMinWidth(USE_PREF_SIZE);
            HBox words = new HBox(name, Ui.spacer(), ratio);
            words.setAlignment(Pos.BASELINE_LEFT);
            getChildren().addAll(words, cost, speed);
        }

        void show(CodecBars.Bar bar) {
            name.setText(bar.name());
            ratio.setText(Sizes.formatRatio(bar.ratio(), 2));
            cost.setShare(bar.cost());
            cost.setAccessibleText(bar.spoken());
            speed.setText(bar.speed());
            pseudoClassStateChanged(CURRENT, bar.current());
        }
    }

    CodecCard(InsightModel model) {
        getStyleClass().addAll("card", "panel");
        line.setId("codec-line");
        getChildren().addAll(new VBox(2, Ui.paragraph(Texts.of("disk.codecs"), "card-title", "strong"), line), bars);
        model.codecsProperty().addListener((property, before, now) -> show(now));
        show(model.codecsProperty().get());
    }

    private void show(@Nullable CodecReport report) {
        line.setText(CodecBars.line(report));
        List<CodecBars.Bar> shown = report == null ? List.of() : CodecBars.of(report);
        while (rows.size() < shown.size()) {
            Row row = new Row();
            rows.add(row);
            bars.getChildren().add(row);
        }
        while (rows.size() > shown.size()) {
            bars.getChildren().remove(rows.remove(rows.size() - 1));
        }
        for (int i = 0; i < shown.size(); i++) {
            rows.get(i).show(shown.get(i));
        }
    }
}
