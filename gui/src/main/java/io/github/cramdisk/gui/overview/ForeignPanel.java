// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What else is in memory, a line for each: the largest first, the small ones on demand. */
final class ForeignPanel extends VBox {
    private static final int FIRST = 5;

    private final GridPane rows = Ui.styled(new GridPane(), "foreign-rows");
    private final Hyperlink all = new Hyperlink();
    private final ObservableList<ForeignRow> model;
    private final Consumer<VolumeInfo> adopt;
    private boolean showAll;

    ForeignPanel(ObservableList<ForeignRow> model, Consumer<VolumeInfo> adopt) {
        this.model = model;
        this.adopt = adopt;
        getStyleClass().addAll("card", "panel", "foreign");
        setId("foreign");
        rows.getColumnConstraints().addAll(column(30), column(28), column(30), last());
        all.setId("foreign-all");
        all.setOnAction(event -> {
            showAll = !showAll;
            show();
        });
        // Apart from the rest: what has no text of its own would move the common baseline.
        HBox title = new HBox(
                8,
                Ui.label(Texts.of("overview.foreign"), "card-title", "strong"),
                Ui.label(Texts.of("overview.foreign.note"), "muted", "small"));
        title.getStyleClass().add("title-line");
        title.setAlignment(Pos.BASELINE_LEFT);
        HBox head = new HBox(8, title, Ui.spacer(), all);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, rows);
        model.addListener((ListChangeListener<ForeignRow>) change -> show());
        show();
    }

    private static ColumnConstraints column(double percent) {
        ColumnConstraints column = new ColumnConstraints();
        column.setPercentWidth(percent);
        return column;
    }

    private static ColumnConstraints last() {
        ColumnConstraints column = new ColumnConstraints();
        column.setHalignment(HPos.RIGHT);
        column.setHgrow(Priority.ALWAYS);
        return column;
    }

    private void show() {
        Ui.setShown(this, !model.isEmpty());
        Ui.setShown(all, model.size() > FIRST);
        all.setText(Texts.of(showAll ? "overview.foreign.fewer" : "overview.foreign.all", model.size()));
        rows.getChildren().clear();
        List<ForeignRow> shown = showAll ? model : model.subList(0, Math.min(FIRST, model.size()));
        int line = 0;
        for (ForeignRow row : shown) {
            Label title = Ui.label(row.title());
            title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            title.setTooltip(new Tooltip(row.title()));
            rows.add(title, 0, line);
            rows.add(Ui.label(row.kind(), "muted"), 1, line);
            rows.add(Ui.label(row.use(), "muted"), 2, line);
            if (row.adoptable()) {
                Hyperlink link = new Hyperlink(Texts.of("overview.adopt"));
                link.setId("adopt-" + OwnVolumes.plain(row.title()));
                link.setAccessibleText(Texts.of("overview.adopt.accessible", row.title()));
                link.setTooltip(new Tooltip(Texts.of("overview.adopt.hint")));
                link.setOnAction(event -> adopt.accept(row.volume()));
                rows.add(link, 3, line);
            }
            line++;
        }
    }
}
