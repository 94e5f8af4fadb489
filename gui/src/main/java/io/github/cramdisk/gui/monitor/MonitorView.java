// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.monitor;

import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.EmptyState;
import io.github.cramdisk.gui.common.NumberCard;
import io.github.cramdisk.gui.common.PageFrame;
import io.github.cramdisk.gui.common.RefusalBox;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** The monitor: totals, what is about to go wrong, and every volume in a table that sorts by any column. */
public final class MonitorView extends PageFrame {
    private static final double ROW_HEIGHT = 44;
    private static final double CARD_WIDTH = 160;

    private final MonitorModel model;
    private final Consumer<String> onOpen;
    private final TableView<MonitorRow> table = new TableView<>();
    private final VBox alerts = Ui.styled(new VBox(), "alerts");
    private final NumberCard volumes = new NumberCard(Texts.of("monitor.total.volumes"), CARD_WIDTH);
    private final NumberCard used = new NumberCard(Texts.of("monitor.total.used"), CARD_WIDTH);
    private final NumberCard costs = new NumberCard(Texts.of("monitor.total.costs"), CARD_WIDTH);
    private final NumberCard saved = new NumberCard(Texts.of("monitor.total.saved"), CARD_WIDTH);
    private final Node waiting = waiting("monitor-loading", Texts.of("monitor.loading"));
    private final HBox numbers = Ui.styled(new HBox(volumes, used, costs, saved), "number-row");
    private final EmptyState empty;

    /** @param onOpen goes to the page of a volume, told its name */
    public MonitorView(MonitorModel model, Consumer<String> onOpen) {
        super("monitor", Texts.of("monitor.title"), Ui.label(Texts.of("monitor.subtitle"), "muted"));
        this.model = model;
        this.onOpen = onOpen;
        numbers.getChildren().forEach(card -> HBox.setHgrow(card, Priority.ALWAYS));
        empty = new EmptyState(MaterialDesignM.MEMORY, Texts.of("monitor.empty"), Texts.of("monitor.empty.text"));
        buildTable();
        add(waiting, numbers, new RefusalBox(model.refusalProperty(), "monitor-"), alerts, table, empty);
        model.alerts().addListener((ListChangeListener<String>) change -> showAlerts());
        model.totalsProperty().addListener((property, before, now) -> showTotals(now));
        sceneProperty().addListener((property, before, scene) -> model.setShown(scene != null));
        showAlerts();
        showTotals(model.totalsProperty().get());
    }

    @Override
    public void focusFirst() {
        table.requestFocus();
        if (table.getSelectionModel().isEmpty()) {
            table.getSelectionModel().selectFirst();
        }
    }

    private void buildTable() {
        table.setId("monitor-table");
        table.setAccessibleText(Texts.of("monitor.table"));
        table.setItems(model.rows());
        table.setFixedCellSize(ROW_HEIGHT);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(Ui.label("", "muted"));
        table.setMinHeight(6 * ROW_HEIGHT);
        VBox.setVgrow(table, Priority.ALWAYS);
        TableColumn<MonitorRow, MonitorRow.Face> cost =
                number("cost", "monitor.column.cost", 90, face -> (double) face.residentBytes(), MonitorView::costText);
        List<TableColumn<MonitorRow, MonitorRow.Face>> columns = List.of(
                column("volume", "monitor.column.volume", 160, MonitorCells.title(), byText(MonitorRow.Face::title)),
                column(
                        "kind",
                        "monitor.column.kind",
                        78,
                        MonitorCells.text(MonitorRow.Face::kindText),
                        byText(MonitorRow.Face::kindText)),
                number(
                        "size",
                        "monitor.column.size",
                        80,
                        MonitorView::sizeOrder,
                        face -> MonitorModel.sizeText(face.sizeBytes())),
                number("used", "monitor.column.used", 86, face -> (double) face.usedBytes(), MonitorView::usedText),
                cost,
                number(
                        "ratio",
                        "monitor.column.ratio",
                        74,
                        MonitorRow.Face::ratio,
                        face -> face.ratio() == 0 ? "–" : Sizes.formatRatio(face.ratio(), 1)),
                column("past", "monitor.column.past", 72, MonitorCells.past(), null),
                column(
                        "users",
                        "monitor.column.users",
                        116,
                        MonitorCells.users(model),
                        byText(MonitorRow.Face::users)));
        table.getColumns().setAll(columns);
        cost.setSortType(TableColumn.SortType.DESCENDING);
        table.getSortOrder().setAll(List.of(cost));
        // Rows move when their numbers do, but the table is touched only where their order really changes.
        model.totalsProperty().addListener((property, before, now) -> keepSorted());
        table.setRowFactory(view -> row());
        table.setOnKeyPressed(event -> {
            MonitorRow chosen = table.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && chosen != null) {
                open(chosen);
                event.consume();
            }
        });
    }

    private TableRow<MonitorRow> row() {
        TableRow<MonitorRow> row = new TableRow<>();
        row.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && row.getItem() != null) {
                open(row.getItem());
            }
        });
        return row;
    }

    private void open(MonitorRow row) {
        onOpen.accept(row.face().title());
    }

    private void keepSorted() {
        Comparator<MonitorRow> order = table.getComparator();
        List<MonitorRow> rows = model.rows();
        if (order == null) {
            return;
        }
        for (int i = 1; i < rows.size(); i++) {
            if (order.compare(rows.get(i - 1), rows.get(i)) > 0) {
                table.sort();
                return;
            }
        }
    }

    private static double sizeOrder(MonitorRow.Face face) {
        Long size = face.sizeBytes();
        return size == null ? Double.MAX_VALUE : size;
    }

    private static String costText(MonitorRow.Face face) {
        return face.kind() == VolumeKind.SWAP ? "–" : bytes(face.residentBytes(), face.atLeast());
    }

    private static String usedText(MonitorRow.Face face) {
        return bytes(face.usedBytes(), face.atLeast());
    }

    private static String bytes(long bytes, boolean atLeast) {
        return !atLeast ? Sizes.formatShort(bytes) : bytes == 0 ? "?" : "≥ " + Sizes.formatShort(bytes);
    }

    private static TableColumn<MonitorRow, MonitorRow.Face> number(
            String id,
            String key,
            double width,
            Function<MonitorRow.Face, Double> value,
            Function<MonitorRow.Face, String> text) {
        TableColumn<MonitorRow, MonitorRow.Face> column =
                column(id, key, width, MonitorCells.text(text), Comparator.comparing(value));
        column.getStyleClass().add("number-column");
        return column;
    }

    private static Comparator<MonitorRow.Face> byText(Function<MonitorRow.Face, String> text) {
        return Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER);
    }

    private static TableColumn<MonitorRow, MonitorRow.Face> column(
            String id,
            String key,
            double width,
            MonitorCells.Factory cells,
            @Nullable Comparator<MonitorRow.Face> order) {
        TableColumn<MonitorRow, MonitorRow.Face> column = new TableColumn<>(Texts.of(key));
        column.setId("monitor-" + id);
        column.setMinWidth(width);
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> row.getValue().faceProperty());
        column.setCellFactory(unused -> cells.cell());
        column.setSortable(order != null);
        if (order != null) {
            column.setComparator(order);
        }
        return column;
    }

    private void showAlerts() {
        alerts.getChildren()
                .setAll(model.alerts().stream().map(MonitorView::alert).toList());
        Ui.setShown(alerts, !model.alerts().isEmpty());
    }

    private static Label alert(String text) {
        Label alert = Ui.paragraph(text, "notice", "notice-warning");
        alert.setGraphic(Ui.icon(MaterialDesignA.ALERT_OUTLINE));
        return alert;
    }

    private void showTotals(MonitorModel.@Nullable Totals totals) {
        boolean some = totals != null && totals.volumes() > 0;
        Ui.setShown(waiting, totals == null);
        Ui.setShown(numbers, some);
        Ui.setShown(table, some);
        Ui.setShown(empty, totals != null && !some);
        if (totals == null) {
            return;
        }
        volumes.show(Texts.of("monitor.total.count", totals.volumes()), Texts.of("monitor.total.ours", totals.ours()));
        used.show(Sizes.format(totals.usedBytes()), Texts.of("monitor.total.used.note"));
        costs.show(Sizes.format(totals.residentBytes()), Texts.of("monitor.total.costs.note"));
        saved.show(Sizes.format(totals.savedBytes()), Texts.of("monitor.total.saved.note"));
    }
}
