// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.monitor;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.Sparkline;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;

/** The cells of the monitor's table. */
final class MonitorCells {
    private MonitorCells() {}

    /** Makes the cells of one column. */
    @FunctionalInterface
    interface Factory {
        TableCell<MonitorRow, MonitorRow.Face> cell();
    }

    static Factory text(Function<MonitorRow.Face, String> text) {
        return () -> new FaceCell() {
            @Override
            void show(MonitorRow.Face face) {
                setText(text.apply(face));
            }
        };
    }

    static Factory title() {
        return TitleCell::new;
    }

    static Factory past() {
        return PastCell::new;
    }

    static Factory users(MonitorModel model) {
        return () -> new UsersCell(model);
    }

    /** A cell that is empty or shows a face. */
    private abstract static class FaceCell extends TableCell<MonitorRow, MonitorRow.Face> {
        abstract void show(MonitorRow.Face face);

        @Override
        protected final void updateItem(MonitorRow.@Nullable Face face, boolean isEmpty) {
            super.updateItem(face, isEmpty);
            if (isEmpty || face == null) {
                setText(null);
                setGraphic(null);
            } else {
                show(face);
            }
        }
    }

    /** Colour, name, and a sign where something is about to go wrong. */
    private static final class TitleCell extends FaceCell {
        private final Region dot = Ui.styled(new Region(), "disk-dot");
        private final Label name = Ui.label("");
        private final FontIcon sign = Ui.icon(MaterialDesignA.ALERT_OUTLINE, "alert-sign");
        private final HBox box = new HBox(8, dot, name, sign);
        private final Tooltip tooltip = new Tooltip();

        TitleCell() {
            box.setAlignment(Pos.CENTER_LEFT);
            name.setMinWidth(0);
            setTooltip(tooltip);
        }

        @Override
        void show(MonitorRow.Face face) {
            name.setText(face.title());
            Ui.setStyles(dot, "disk-dot", face.colorIndex() < 0 ? "other-dot" : "disk-color-" + face.colorIndex());
            Ui.setShown(sign, !face.alert().isEmpty());
            tooltip.setText(face.alert().isEmpty() ? face.title() : face.title() + "\n" + face.alert());
            setGraphic(box);
            setAccessibleText(face.title() + " " + face.alert());
        }
    }

    /** The last minute as a line. */
    private static final class PastCell extends FaceCell {
        private final Sparkline line = new Sparkline();

        @Override
        void show(MonitorRow.Face face) {
            line.setValues(face.past(), true);
            Ui.setStyles(line, "sparkline", face.colorIndex() < 0 ? "other-line" : "disk-color-" + face.colorIndex());
            setGraphic(line);
            setAccessibleText(Texts.of("monitor.past"));
        }
    }

    /** Who uses it; of what nobody of ours manages, a button that takes it over. */
    private static final class UsersCell extends FaceCell {
        private final Label users = Ui.label("", "muted");
        private final Button adopt = new Button(Texts.of("monitor.adopt"));
        private final HBox box = new HBox(6, users, adopt);
        private final Tooltip tooltip = new Tooltip();

        UsersCell(MonitorModel model) {
            box.setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(users, Priority.ALWAYS);
            users.setMaxWidth(Double.MAX_VALUE);
            users.setMinWidth(0);
            adopt.getStyleClass().addAll("flat", "accent", "small");
            adopt.setMinWidth(Region.USE_PREF_SIZE);
            adopt.setMnemonicParsing(false);
            adopt.setOnAction(event -> {
                VolumeInfo volume = getItem() == null ? null : getItem().adoptable();
                if (volume != null) {
                    model.adopt(volume);
                }
            });
        }

        @Override
        void show(MonitorRow.Face face) {
            users.setText(face.users());
            tooltip.setText(face.users());
            setTooltip(face.users().isEmpty() ? null : tooltip);
            Ui.setShown(adopt, face.adoptable() != null);
            adopt.setAccessibleText(Texts.of("monitor.adopt.accessible", face.title()));
            adopt.setId("adopt-" + face.title());
            setGraphic(box);
        }
    }
}
