// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.compare;

import io.github.cramdisk.api.ComparisonSentences;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** The numbers of a comparison, to be sorted by any of them. */
final class RivalTable extends TableView<Rival> {
    private static final double ROW_HEIGHT = 34;
    private static final double HEAD_HEIGHT = 46;

    RivalTable() {
        setId("compare-table");
        getStyleClass().add("rival-table");
        setAccessibleText(Texts.of("compare.table"));
        setFixedCellSize(ROW_HEIGHT);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        setPlaceholder(Ui.label("", "muted"));
        TableColumn<Rival, Rival> name = column("name", 200, RivalTable::name);
        name.setComparator(Comparator.comparing(RivalTable::name));
        getColumns().add(name);
        getColumns().add(number("cost", 74, rival -> rival.memoryBytes(), RivalBars.Measure.MEMORY::text));
        getColumns()
                .add(number(
                        "rested",
                        74,
                        rival -> rival.restedMemoryBytes(),
                        rival -> Sizes.format(rival.restedMemoryBytes())));
        addSpeed("write", 116, RivalBars.Measure.WRITE);
        addSpeed("read", 88, RivalBars.Measure.READ);
        addSpeed("reads", 76, RivalBars.Measure.RANDOM_READS);
        addSpeed("writes", 94, RivalBars.Measure.RANDOM_WRITES);
    }

    void show(List<Rival> rivals) {
        getItems().setAll(rivals);
        double height = HEAD_HEIGHT + rivals.size() * ROW_HEIGHT;
        setMinHeight(height);
        setPrefHeight(height);
        setMaxHeight(height);
    }

    private static String name(Rival rival) {
        return ComparisonSentences.name(Texts.language(), rival);
    }

    private void addSpeed(String id, double width, RivalBars.Measure measure) {
        getColumns().add(number(id, width, measure::of, measure::text));
    }

    private static TableColumn<Rival, Rival> number(
            String id, double width, ToDoubleFunction<Rival> value, Function<Rival, String> text) {
        TableColumn<Rival, Rival> column = column(id, width, text);
        column.getStyleClass().add("number-column");
        column.setComparator(Comparator.comparingDouble(value));
        return column;
    }

    private static TableColumn<Rival, Rival> column(String id, double width, Function<Rival, String> text) {
        TableColumn<Rival, Rival> column = new TableColumn<>(Texts.of("compare.column." + id));
        column.setId("compare-" + id);
        column.setMinWidth(width);
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(unused -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Rival rival, boolean isEmpty) {
                super.updateItem(rival, isEmpty);
                setText(isEmpty || rival == null ? null : text.apply(rival));
            }
        });
        return column;
    }
}
