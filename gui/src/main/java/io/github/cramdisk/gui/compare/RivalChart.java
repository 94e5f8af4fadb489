// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.compare;

import io.github.cramdisk.gui.common.Meter;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The bars of {@link RivalBars} beside each other: a row for each kind of storage, a column for each property. */
final class RivalChart extends GridPane {
    private static final PseudoClass BEST = PseudoClass.getPseudoClass("best");
    private static final double NAMES = 21;
    private static final double MEMORY = 19;
    private static final double SPEED = 15;

    RivalChart() {
        getStyleClass().add("rival-chart");
        setId("compare-chart");
        addColumn(NAMES);
        for (RivalBars.Measure measure : RivalBars.Measure.values()) {
            addColumn(measure == RivalBars.Measure.MEMORY ? MEMORY : SPEED);
        }
    }

    private void addColumn(double percent) {
        ColumnConstraints column = new ColumnConstraints();
        column.setPercentWidth(percent);
        getColumnConstraints().add(column);
    }

    void show(List<RivalBars.Row> rows) {
        getChildren().clear();
        int column = 1;
        for (RivalBars.Measure measure : RivalBars.Measure.values()) {
            boolean shorter = measure == RivalBars.Measure.MEMORY;
            VBox head = new VBox(
                    Ui.paragraph(measure.title(), "small", "strong"),
                    Ui.paragraph(Texts.of(shorter ? "compare.shorter" : "compare.longer"), "small", "muted"));
            head.setAlignment(Pos.BOTTOM_LEFT);
            GridPane.setValignment(head, VPos.BOTTOM);
            add(head, column++, 0);
        }
        for (int i = 0; i < rows.size(); i++) {
            addRow(i + 1, rows.get(i));
        }
    }

    private void addRow(int row, RivalBars.Row rival) {
        Label name = Ui.paragraph(rival.name(), "rival-name");
        name.pseudoClassStateChanged(BEST, rival.best());
        VBox names = new VBox(2, name);
        names.setAlignment(Pos.CENTER_LEFT);
        if (rival.best()) {
            names.getChildren().add(Ui.label(Texts.of("compare.best"), "small", "rival-best"));
        }
        add(names, 0, row);
        int column = 1;
        for (RivalBars.Bar bar : rival.bars()) {
            add(cell(bar, rival.best()), column++, row);
        }
    }

    private static Node cell(RivalBars.Bar bar, boolean best) {
        Meter all = new Meter("rival-fill");
        all.setShare(bar.share());
        all.setAccessibleText(bar.spoken());
        StackPane bars = new StackPane(all);
        if (bar.rested() < bar.share()) {
            all.fill().getStyleClass().add("rival-pale");
            Meter rested = new Meter("rival-fill");
            rested.getStyleClass().add("rival-over");
            rested.setShare(bar.rested());
            rested.setAccessibleText(bar.spoken());
            bars.getChildren().add(rested);
        }
        VBox cell = Ui.styled(new VBox(3, Ui.label(bar.text(), "small"), bars), "rival-cell");
        cell.pseudoClassStateChanged(BEST, best);
        cell.setAlignment(Pos.CENTER_LEFT);
        Tooltip.install(cell, new Tooltip(bar.spoken()));
        return cell;
    }
}
