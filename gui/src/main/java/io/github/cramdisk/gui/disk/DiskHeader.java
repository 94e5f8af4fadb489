// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.attach.AttachmentBox;
import io.github.cramdisk.gui.common.CardMenu;
import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.overview.DiskActions;
import io.github.cramdisk.gui.overview.DiskFaces;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;

/** The head of the page of a disk: what it is, and what can be done with it. */
final class DiskHeader extends VBox {
    private static final int LONGEST_WHOLE = 12;
    private static final double LEAST_TITLE = 110;

    private final DiskModel model;
    private final Button back = new Button(Texts.of("disk.back"), Ui.icon(MaterialDesignC.CHEVRON_LEFT));
    private final Label about = Ui.label("", "muted");
    private final Label chip = Ui.label("", "chip");
    private final Label readOnly = Ui.label(Texts.of("disk.read-only"), "chip");

    DiskHeader(DiskModel model, DiskActions actions, Runnable onBack) {
        this.model = model;
        getStyleClass().add("disk-head");
        back.getStyleClass().addAll("flat", "crumb");
        back.setId("back");
        back.setTooltip(new Tooltip(Texts.of("disk.back.hint")));
        back.setOnAction(event -> onBack.run());
        Region dot = Ui.styled(new Region(), "disk-dot", "disk-dot-large");
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(about.textProperty());
        about.setTooltip(whole);
        Label title = Ui.label(model.name(), "title", "strong");
        title.setTooltip(new Tooltip(model.name()));
        // A long name gives way to the buttons, a short one does not to what follows it.
        title.setMinWidth(model.name().length() > LONGEST_WHOLE ? LEAST_TITLE : USE_PREF_SIZE);
        // In a narrow window the chip is shortened before it reaches the buttons.
        chip.setMinWidth(0);
        Tooltip codec = new Tooltip();
        codec.textProperty().bind(chip.textProperty());
        chip.setTooltip(codec);
        readOnly.setMinWidth(USE_PREF_SIZE);
        about.setMinWidth(0);
        HBox line = new HBox(10, dot, title, chip, readOnly, about);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinWidth(0);
        HBox.setHgrow(line, Priority.ALWAYS);
        HBox buttons = buttons(actions);
        HBox row = new HBox(16, line, buttons);
        row.setAlignment(Pos.CENTER_LEFT);
        Label notice = Ui.message(model.noticeProperty(), "notice", "notice-plain");
        notice.setId("disk-notice");
        Label problem = Ui.message(model.problemProperty(), "notice", "notice-danger");
        problem.setId("disk-problem");
        AttachmentBox attachment = new AttachmentBox(model.attachment(), () -> actions.mount(info()));
        getChildren().addAll(back, row, problem, new WaitBox(model.waiting()), notice, attachment);
    }

    private HBox buttons(DiskActions actions) {
        Button resize = new Button(Texts.of("disk.resize"));
        resize.setMnemonicParsing(true);
        resize.setId("resize");
        resize.setOnAction(event -> actions.resize(info()));
        Button change = new Button(Texts.of("disk.change"));
        change.setMnemonicParsing(true);
        change.setId("change");
        change.setOnAction(event -> actions.change(info()));
        Button trim = new Button();
        trim.setMnemonicParsing(true);
        trim.setId("trim");
        trim.setTooltip(new Tooltip(Texts.of("disk.trim.hint")));
        trim.textProperty()
                .bind(Bindings.when(model.trimmingProperty())
                        .then(Texts.of("disk.trimming"))
                        .otherwise(Texts.of("disk.trim")));
        trim.disableProperty().bind(model.trimmingProperty());
        trim.setOnAction(event -> model.trim());
        Button squeeze = new Button();
        squeeze.setMnemonicParsing(true);
        squeeze.setId("squeeze");
        squeeze.setTooltip(new Tooltip(Texts.of("disk.squeeze.hint")));
        squeeze.textProperty().bind(model.squeeze().wordsProperty());
        squeeze.setOnAction(event -> model.squeeze().press());
        MenuItem copy = CardMenu.item(
                Texts.of("common.copy-uri"), MaterialDesignC.CONTENT_COPY, () -> CopyButton.copy(info().uri()));
        copy.setId("copy-uri");
        MenuItem reset = CardMenu.danger(Texts.of("disk.reset"), MaterialDesignE.ERASER, () -> actions.reset(info()));
        reset.setId("reset");
        MenuItem remove =
                CardMenu.danger(Texts.of("disk.remove"), MaterialDesignD.DELETE_OUTLINE, () -> actions.remove(info()));
        remove.setId("remove");
        MenuButton more = new MenuButton("", Ui.icon(MaterialDesignD.DOTS_HORIZONTAL), copy, reset, remove);
        more.setId("disk-menu");
        more.setAccessibleText(Texts.of("common.more-about", model.name()));
        more.getStyleClass().addAll("button-icon", "menu-without-arrow");
        HBox buttons = new HBox(8, squeeze, trim, resize, change, more);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinWidth(USE_PREF_SIZE);
        return buttons;
    }

    private DiskInfo info() {
        DiskModel.Face face = model.faceProperty().get();
        if (face == null) {
            throw new IllegalStateException("the page of " + model.name() + " is shown without the disk");
        }
        return face.info();
    }

    void show(DiskModel.Face face) {
        chip.setText(DiskFaces.chip(face.info()));
        Ui.setShown(readOnly, face.info().readOnly());
        about.setText(face.clients());
    }

    void focusFirst() {
        back.requestFocus();
    }
}
